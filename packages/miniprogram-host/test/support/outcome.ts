import type { Target } from './target.ts'

/** The result of a wx call as the app's callbacks receive it; `kind` is `success` or `fail`. */
export const outcome = (target: Target, call: string) =>
  target.run(
    `() => new Promise((resolve) => {
      const done = (kind) => (result) => resolve({ kind, ...result })
      const options = { success: done('success'), fail: done('fail') }
      ${call}
    })`,
  )
