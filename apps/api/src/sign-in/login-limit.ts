import { ERRNO } from '@oa/contracts'
import { hasErrno, tooManyRequests } from '../errors/business-error.ts'
import type { Counter, RateCount } from '../infra/shared-state/counter.ts'
import { personKey } from '../users/person-key.ts'

/** How many of a kind a window of `windowMs` may hold, for each mini-program. */
export type LoginLimits = {
  /** Sign-ins of one address, good and bad: an office may share one. */
  perAddress: number
  /** Codes of one address that WeChat refused: nobody types codes, so this is a guess or a fault. */
  refusedPerAddress: number
  /** Good sign-ins of one user. */
  perUser: number
  /** Sign-ins of all addresses together. */
  total: number
  windowMs: number
}

/** `address` is what counts as one. */
type Source = { appId: string; address: string }

export type LoginLimit = ReturnType<typeof createLoginLimit>

/** Counts sign-ins, and rejects with TOO_MANY_REQUESTS what is one too many. */
export const createLoginLimit = (counter: Counter, limits: LoginLimits) => {
  const { perAddress, refusedPerAddress, perUser, total, windowMs } = limits
  const count = (key: string, by?: number) => counter.increment(`login:${key}`, windowMs, by)
  const refusedKey = ({ appId, address }: Source) => `${appId}:refused:${address}`

  return {
    /** Before any work is done. */
    async enter(source: Source): Promise<void> {
      const allKey = `${source.appId}:all`
      // Together, so that they share one way to Redis.
      const [ofAddress, refused, ofAll] = await Promise.all([
        count(`${source.appId}:${source.address}`),
        count(refusedKey(source), 0),
        count(allKey),
      ])
      try {
        requireWithin(ofAddress, perAddress)
        requireWithin(refused, refusedPerAddress - 1)
      } catch (error) {
        // What is refused by address must not use up what is everybody's.
        await count(allKey, -1)
        throw error
      }
      requireWithin(ofAll, total)
    },
    /** After a sign-in failed. */
    async failed(source: Source, error: unknown): Promise<void> {
      if (hasErrno(error, ERRNO.WX_CODE_INVALID)) await count(refusedKey(source))
    },
    /** Once WeChat has said who the user is, before anything is written. */
    async identified(person: { appId: string; openid: string }): Promise<void> {
      requireWithin(await count(`user:${personKey(person)}`), perUser)
    },
  }
}

const requireWithin = ({ current, ttl }: RateCount, max: number) => {
  if (current > max) throw tooManyRequests('signIn', ttl)
}
