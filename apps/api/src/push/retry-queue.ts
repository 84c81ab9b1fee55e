import { DatabaseUnavailable } from '../infra/database/failures.ts'
import type { Log } from '../infra/logging/log.ts'
import type { PushedEvent } from '../infra/wechat/pushed-event.ts'
import type { PushHandler } from './handler.ts'

/** WeChat waits 5 s for an answer; Redis may take one of these, and the network another. */
const ANSWER_WITHIN_MS = 3_000
const RETRY_EVERY_MS = 2_000
const GIVE_UP_AFTER_MS = 86_400_000
/** Enough for a long outage; beyond it, WeChat's own redelivery has to do. */
const MAX_QUEUED = 10_000

type Queued = { event: PushedEvent; requestId: string; until: number }

export type PushRetryQueue = {
  /** Rejects with `DatabaseUnavailable` when the database takes too long, while WeChat still waits. */
  handle: PushHandler
  /** How many events wait for the database. */
  size(): number
  stop(): void
}

/**
 * Answers in time whatever the database does. WeChat delivers again twice, within seconds; what is
 * still not done then is retried by this process until the database works again, for a day at most.
 */
export const createPushRetryQueue = (handler: PushHandler, log: Log): PushRetryQueue => {
  /** By content: the same event again takes the place of the first. */
  const queued = new Map<string, Queued>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const attempt = async (event: PushedEvent, requestId: string) => {
    const key = JSON.stringify(event)
    try {
      await handler(event, requestId)
      queued.delete(key)
    } catch (error) {
      if (error instanceof DatabaseUnavailable && queued.size < MAX_QUEUED) {
        const until = queued.get(key)?.until ?? performance.now() + GIVE_UP_AFTER_MS
        queued.set(key, { event, requestId, until })
        retryLater()
      }
      throw error
    }
  }
  const retryLater = () => {
    if (stopped || timer !== undefined) return
    timer = setTimeout(() => void retryAll(), RETRY_EVERY_MS).unref()
  }
  const retryAll = async () => {
    for (const [key, { event, requestId, until }] of queued) {
      const about = { requestId, kind: event.kind }
      try {
        if (until < performance.now()) throw new Error('too late')
        await attempt(event, requestId)
        log.info(about, 'what WeChat pushed was done late')
      } catch (err) {
        // The database is away: the others would fail the same way.
        if (err instanceof DatabaseUnavailable) break
        queued.delete(key)
        log.error({ ...about, err }, 'what WeChat pushed was given up')
      }
    }
    timer = undefined
    if (queued.size > 0) retryLater()
  }

  return {
    handle: (event, requestId) => inTime(attempt(event, requestId)),
    size: () => queued.size,
    stop() {
      stopped = true
      clearTimeout(timer)
      if (queued.size > 0) log.error({ count: queued.size }, 'what WeChat pushed was not done')
    },
  }
}

const inTime = (work: Promise<void>) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DatabaseUnavailable('a push of WeChat could not be handled in time')),
      ANSWER_WITHIN_MS,
    )
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
