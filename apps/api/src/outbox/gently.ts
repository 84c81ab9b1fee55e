import { setTimeout as sleep } from 'node:timers/promises'
import { createConcurrencyLimit } from '../infra/concurrency-limit.ts'
import type { Handler } from './worker.ts'

/** It works a fifth of the time. */
const PAUSE_FACTOR = 4
const LONGEST_PAUSE_MS = 100

/**
 * Does such work one piece after the other, with a pause after each that grows with what it took: work
 * that fills thousands of inboxes leaves the processor to those who wait for an answer.
 */
export const gently = (handler: Handler): Handler => {
  const inTurn = createConcurrencyLimit(1, () => false)

  return (work) =>
    inTurn(async () => {
      const begun = performance.now()
      try {
        return await handler(work)
      } finally {
        await sleep(Math.min(PAUSE_FACTOR * (performance.now() - begun), LONGEST_PAUSE_MS))
      }
    })
}
