import { ERRNO } from '@oa/contracts'
import { hasErrno, phoneBudgetSpent, tooManyRequests } from '../errors/business-error.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import { personKey } from '../users/person-key.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Decryption costs nothing, but a phone does not need it often: more are guesses. */
const DECRYPTIONS_PER_HOUR = 10

type Deps = { counter: Counter; perPerson: number; total: number }

/** Counted by openid, because who signs in for the first time has no user id yet. */
export type Spender = { appId: string; openid: string }

export type PhoneBudget = {
  /**
   * Runs a paid call when there is budget for it, else rejects with PHONE_BUDGET_SPENT. What WeChat did
   * not charge for is returned: to the total, and unless the code was wrong also to the user.
   */
  spend<T>(spender: Spender, paid: () => Promise<T>): Promise<T>
  /** Rejects with TOO_MANY_REQUESTS when the user has sent encryptedData too often. */
  countDecryption(spender: Spender): Promise<void>
}

/** Counts days and hours from the first use, for each mini-program, on all nodes together while Redis is up. */
export const createPhoneBudget = ({ counter, perPerson, total }: Deps): PhoneBudget => {
  const totalKeyOf = ({ appId }: Spender) => `phone:${appId}`
  const keyOf = (spender: Spender) => `${totalKeyOf(spender)}:${personKey(spender)}`

  const reserve = async (spender: Spender) => {
    const own = await counter.increment(keyOf(spender), DAY_MS)
    if (own.current > perPerson) throw phoneBudgetSpent('own', own.ttl)
    const all = await counter.increment(totalKeyOf(spender), DAY_MS)
    if (all.current <= total) return
    await Promise.all([takeBack(totalKeyOf(spender)), takeBack(keyOf(spender))])
    throw phoneBudgetSpent('all', all.ttl)
  }
  const takeBack = (key: string) => counter.increment(key, DAY_MS, -1)

  return {
    async spend(spender, paid) {
      await reserve(spender)
      try {
        return await paid()
      } catch (error) {
        await takeBack(totalKeyOf(spender))
        if (!hasErrno(error, ERRNO.PHONE_CODE_INVALID)) await takeBack(keyOf(spender))
        throw error
      }
    },
    async countDecryption(spender) {
      const { current, ttl } = await counter.increment(`${keyOf(spender)}:data`, HOUR_MS)
      if (current > DECRYPTIONS_PER_HOUR) throw tooManyRequests('phone', ttl)
    },
  }
}
