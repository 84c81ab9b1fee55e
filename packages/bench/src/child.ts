import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const START_MS = 60_000
const POLL_MS = 5
/** Where servers leave their processor profiles, when they are to write any. */
const PROFILES = process.env.BENCH_CPU_PROFILES
const PROFILING = PROFILES === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`]
/** The unit in which Linux counts processor time. */
const TICK_US = 10_000

export type Child = {
  url: string
  /** From starting the process to its first answer, whatever it says. */
  startMs: number
  /** Processor time of the process so far; 0 where the system has no /proc. */
  cpuUs(): number
  /** Memory in use; 0 where the system has no /proc. */
  rssMb(): number
  stop(): Promise<void>
}

/** Runs a file of the repository in a separate process; resolves once it answers on its PORT. */
export const startChild = async (file: string, env: NodeJS.ProcessEnv): Promise<Child> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const begin = performance.now()
  const args = [...PROFILING, '--conditions=source', '--import=tsx', ROOT + file]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    // What a server logs belongs neither into the tables nor between the lines of progress.
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(child, 'exit')
  // A process that is killed writes no profile.
  const kill = () => void child.kill(PROFILES === undefined ? 'SIGKILL' : 'SIGTERM')
  // Also when this process is interrupted, and before the folders are removed in which it writes.
  process.prependOnceListener('exit', kill)
  void exited.then(() => process.off('exit', kill))
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    kill()
    await exited
  }
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() - begin > START_MS) {
      await stop()
      throw new Error(`${file} did not start`)
    }
    await sleep(POLL_MS)
  }
  const startMs = performance.now() - begin
  const pid = child.pid ?? 0
  return { url, startMs, cpuUs: () => readCpuUs(pid), rssMb: () => readRssMb(pid), stop }
}

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const answers = async (url: string) => {
  try {
    const { body } = await request(`${url}/wx/auth/info`)
    await body.dump()
    return true
  } catch {
    return false
  }
}

/** Processor time of a process so far; 0 where the system has no /proc. */
export const readCpuUs = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK_US
  } catch {
    return 0
  }
}

const readRssMb = (pid: number) => {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kb ?? 0) / 1024
  } catch {
    return 0
  }
}
