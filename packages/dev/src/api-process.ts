import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50
const KILL_AFTER_MS = 11_000

/** Runs the API from source; Node's watch mode restarts it when one of its files changes. */
export const startApi = ({ root, env }: { root: string; env: NodeJS.ProcessEnv }) => {
  const child = spawn(
    process.execPath,
    [
      '--watch',
      '--watch-preserve-output',
      '--conditions=source',
      '--import=tsx',
      'apps/api/src/main.ts',
    ],
    { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 0))
  const isRunning = () => child.exitCode === null && child.signalCode === null

  return {
    exited,
    /** Resolves with true once `url` answers 2xx, with false when the process ends first. */
    async ready(url: string) {
      while (isRunning()) {
        if (await answers(url)) return true
        await sleep(POLL_MS)
      }
      return false
    },
    /** Stops the process with SIGTERM, after 11 s with SIGKILL. */
    async stop() {
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
