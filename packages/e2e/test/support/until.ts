import { setTimeout as sleep } from 'node:timers/promises'

/** Plenty on a busy machine; a run that expects failures asks for less. */
const PATIENCE_MS = Number(process.env.MP_PATIENCE_MS ?? 10_000)
const POLL_MS = 15

/**
 * Repeats `attempt` until it gives something, and gives that. An attempt that throws counts as
 * "not yet": pages come and go. Rejects in time, also when an attempt never ends.
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
