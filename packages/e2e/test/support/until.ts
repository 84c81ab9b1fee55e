import { setTimeout as sleep } from 'node:timers/promises'

/** Long enough for a busy machine; a run that expects failures sets less. */
const PATIENCE_MS = Number(process.env.MP_PATIENCE_MS ?? 30_000)
const POLL_MS = 15

/**
 * Repeats `attempt` until it resolves with a truthy value, and resolves with that. Repeats it also
 * when it rejects, since pages come and go. Rejects after a time-out, even when an attempt hangs.
 */
export const until = async <T>(
  what: string,
  attempt: () => Promise<T | undefined | null | false>,
): Promise<T> => {
  const end = AbortSignal.timeout(PATIENCE_MS)
  const ended = new Promise<undefined>((resolve) => {
    end.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  let last: unknown
  while (!end.aborted) {
    try {
      const result = await Promise.race([attempt(), ended])
      if (result) return result
    } catch (error) {
      last = error
    }
    await sleep(POLL_MS)
  }
  throw new Error(`waited ${PATIENCE_MS} ms for ${what}`, { cause: last })
}
