import type { ChildProcess } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { startReaper } from './reaper.ts'

const POLL_MS = 10
const START_MS = 30_000
const ATTEMPTS = 5

export type ServerSignal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'

export type ServerProcess = {
  readonly port: number
  /** Holds everything that the server writes. */
  readonly folder: string
  /** Of the running process; it changes with `restart`. */
  readonly pid: number
  /** After SIGKILL and SIGTERM it resolves when the process is gone, after SIGSTOP when it stands still. */
  kill(signal: ServerSignal): Promise<void>
  /** Starts the server again on the same port and data; kills it first when it still runs. */
  restart(): Promise<void>
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

type Recipe = {
  name: string
  prepare?: (folder: string) => Promise<void>
  command: (where: { folder: string; port: number }) => [binary: string, ...args: string[]]
  /** Rejects until the server answers. */
  ping: (port: number) => Promise<void>
}

/** Starts a server in a folder of its own; both end with this process at the latest. */
export const startServer = async ({
  name,
  prepare,
  command,
  ping,
}: Recipe): Promise<ServerProcess> => {
  const folder = await mkdtemp(join(tmpdir(), `oa-${name}-`))
  const reaper = startReaper(folder)

  const launch = async (port: number) => {
    const [binary, ...args] = command({ folder, port })
    const child = spawn(binary, args, { cwd: folder, stdio: 'ignore' })
    child.unref()
    await once(child, 'spawn')
    reaper.watch(child.pid ?? 0)
    await untilReady(child, () => ping(port))
    return child
  }

  try {
    await prepare?.(folder)
    const first = await launchOnFreePort(launch)
    return superviseServer({ ...first, folder, launch, reaper })
  } catch (cause) {
    const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '')
    await reaper.dismiss()
    throw new Error(`${name} did not start\n${log}`, { cause })
  }
}

type Running = { port: number; child: ChildProcess }
type Supervised = Running & {
  folder: string
  launch: (port: number) => Promise<ChildProcess>
  reaper: ReturnType<typeof startReaper>
}

const superviseServer = ({ port, child, folder, launch, reaper }: Supervised): ServerProcess => {
  let current = child
  const kill = async (signal: ServerSignal) => {
    if (!isRunning(current)) return
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      const exited = once(current, 'exit')
      current.kill(signal)
      // Only a process that waits for its end is kept alive by it.
      current.ref()
      await exited
      reaper.watch(0)
    } else {
      current.kill(signal)
      if (signal === 'SIGSTOP') await untilStopped(current)
    }
  }

  return {
    port,
    folder,
    get pid() {
      return current.pid ?? 0
    },
    kill,
    async restart() {
      await kill('SIGKILL')
      current = await launch(port)
    },
    async stop() {
      await kill('SIGKILL')
      await reaper.dismiss()
    },
  }
}

/** Another process may take the free port before the server does: then the next one is tried. */
const launchOnFreePort = async (launch: Supervised['launch']): Promise<Running> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    try {
      return { port, child: await launch(port) }
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

const untilReady = async (child: ChildProcess, ping: () => Promise<void>) => {
  const deadline = Date.now() + START_MS
  for (;;) {
    if (!isRunning(child)) throw new Error('the server ended while it was starting')
    try {
      await ping()
      if (isRunning(child)) return
    } catch (error) {
      if (Date.now() > deadline) {
        child.kill('SIGKILL')
        throw error
      }
    }
    await sleep(POLL_MS)
  }
}

/** On a busy machine a process goes on for a while before the signal reaches it. */
const untilStopped = async (child: ChildProcess) => {
  while (isRunning(child) && !(await stateOf(child)).startsWith('T')) await sleep(POLL_MS)
}

const stateOf = async ({ pid = 0 }: ChildProcess): Promise<string> => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)])
  return stdout.trim()
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode === null && signalCode === null
