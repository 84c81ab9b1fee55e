import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SHORT_LIVED } from '@oa/test-servers/short-lived'

const POLL_MS = 50
/** Nothing that was acknowledged is lost: SQLite has it on the disk. */
const KILL_AFTER_MS = 600

export type ApiProcess = ReturnType<typeof startApi>

type Options = {
  /** The bundle of the API. */
  folder: string
  root: string
  env: NodeJS.ProcessEnv
  /** Called with the exit code when it ended without being stopped. */
  onEnd(code: number): void
}

export const startApi = ({ folder, root, env, onEnd }: Options) => {
  const child = spawn(
    process.execPath,
    [
      ...SHORT_LIVED,
      '--enable-source-maps',
      '--import=./packages/dev/src/follow-parent.mjs',
      join(folder, 'main.mjs'),
    ],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Out of reach of Ctrl-C, which would stop it a second time. Windows would open a window.
      detached: process.platform !== 'win32',
    },
  )
  let isStopped = false
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1))
  const isRunning = () => child.exitCode === null && child.signalCode === null

  void exited.then((code) => {
    if (!isStopped) onEnd(code)
  })

  return {
    /** The exit code, 1 after a signal. */
    exited,
    /** Resolves with true once `url` answers 2xx, with false when the process ends first. */
    async ready(url: string) {
      while (isRunning()) {
        if (await answers(url)) return true
        await sleep(POLL_MS)
      }
      return false
    },
    /** Stops the process with SIGTERM, then with SIGKILL. */
    async stop() {
      isStopped = true
      if (!isRunning()) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
      await exited
      clearTimeout(timer)
    },
  }
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  )
