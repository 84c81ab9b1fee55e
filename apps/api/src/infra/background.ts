import type { Log } from './logging/log.ts'

export type Background = {
  /** Runs `work` off the request's path; a failure is logged as `name` and goes no further. */
  run(name: string, work: () => Promise<unknown>): void
  /** Resolves when everything that was started has ended. */
  settle(): Promise<void>
}

export const createBackground = (log: Log): Background => {
  const running = new Set<Promise<void>>()
  return {
    run(name, work) {
      const done = work().then(
        () => {},
        (err: unknown) => log.warn({ err }, `${name} failed`),
      )
      running.add(done)
      void done.then(() => running.delete(done))
    },
    async settle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
