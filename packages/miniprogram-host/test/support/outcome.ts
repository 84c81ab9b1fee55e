import type { Target } from './target.ts'

/** What a wx function answers, as the app's callbacks hear it. */
export const outcome = (target: Target, call: string) =>
  target.run(
    `() => new Promise((resolve) => {
      const done = (kind) => (result) => resolve({ kind, ...result })
      const options = { success: done('success'), fail: done('fail') }
      ${call}
    })`,
  )
