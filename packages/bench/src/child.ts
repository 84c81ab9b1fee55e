import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createConnection, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const START_MS = 30_000
const POLL_MS = 20
/** The unit in which Linux counts processor time. */
const TICK_US = 10_000

export type Child = {
  url: string
  /** Processor time of the process so far; 0 where the system has no /proc. */
  cpuUs(): number
  stop(): Promise<void>
}

/** Runs a file of the repository in a separate process; resolves once it listens on its PORT. */
export const startChild = async (file: string, env: NodeJS.ProcessEnv): Promise<Child> => {
  const port = await freePort()
  const child = spawn(process.execPath, ['--conditions=source', '--import=tsx', ROOT + file], {
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const exited = once(child, 'exit')
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await exited
  }
  const deadline = performance.now() + START_MS
  while (!(await accepts(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop()
      throw new Error(`${file} did not start`)
    }
    await sleep(POLL_MS)
  }
  return { url: `http://127.0.0.1:${port}`, cpuUs: () => readCpu(child.pid ?? 0), stop }
}

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const readCpu = (pid: number) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK_US
  } catch {
    return 0
  }
}
