import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseUnavailable } from '../infra/database/database.ts'
import type { Log } from '../infra/logging/log.ts'
import type { PushedEvent } from '../infra/wechat/pushed-event.ts'
import type { PushDuties } from './handlers.ts'

/** WeChat waits 5 s for an answer; of these Redis may take one, and the way another. */
const ANSWER_WITHIN_MS = 3_000
const AGAIN_EVERY_MS = 2_000
const GIVE_UP_AFTER_MS = 86_400_000
/** Fits a long outage; of more, the first are the most likely to have come again by themselves. */
const MAX_LATE = 10_000

type Late = { event: PushedEvent; requestId: string; until: number }

export type PunctualDuties = {
  /** Rejects with `DatabaseUnavailable` when the database takes too long, while WeChat still listens. */
  perform: PushDuties
  stop(): void
}

/**
 * Answers in time whatever the database does. WeChat comes back twice, within seconds; what is still
 * not done then is done by this process as soon as the database works again, for a day at most.
 */
export const createPunctualDuties = (duties: PushDuties, log: Log): PunctualDuties => {
  /** By what they are about: the same event again takes the place of the first. */
  const late = new Map<string, Late>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const attempt = async (event: PushedEvent, requestId: string) => {
    const key = JSON.stringify(event)
    try {
      await duties(event, requestId)
      late.delete(key)
    } catch (error) {
      if (error instanceof DatabaseUnavailable && late.size < MAX_LATE) {
        const until = late.get(key)?.until ?? performance.now() + GIVE_UP_AFTER_MS
        late.set(key, { event, requestId, until })
        tryLater()
      }
      throw error
    }
  }
  const tryLater = () => {
    if (stopped || timer !== undefined) return
    timer = setTimeout(() => void catchUp(), AGAIN_EVERY_MS).unref()
  }
  const catchUp = async () => {
    for (const [key, { event, requestId, until }] of late) {
      const about = { requestId, kind: event.kind }
      try {
        if (until < performance.now()) throw new Error('too late')
        await attempt(event, requestId)
        log.info(about, 'what WeChat pushed was done late')
      } catch (err) {
        // What one cannot do now, the others cannot either.
        if (err instanceof DatabaseUnavailable) break
        late.delete(key)
        log.error({ ...about, err }, 'what WeChat pushed was given up')
      }
    }
    timer = undefined
    if (late.size > 0) tryLater()
  }

  return {
    perform: (event, requestId) => inTime(attempt(event, requestId)),
    stop() {
      stopped = true
      clearTimeout(timer)
      if (late.size > 0) log.error({ count: late.size }, 'what WeChat pushed was not done')
    },
  }
}

const inTime = async (work: Promise<void>) => {
  const end = new AbortController()
  const timeUp = sleep(ANSWER_WITHIN_MS, undefined, { signal: end.signal }).then(() => {
    throw new DatabaseUnavailable('what WeChat pushed could not be done in time')
  })
  try {
    await Promise.race([work, timeUp])
  } finally {
    end.abort()
    timeUp.catch(() => {})
    work.catch(() => {})
  }
}
