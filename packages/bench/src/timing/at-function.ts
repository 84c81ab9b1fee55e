import { randomBytes } from 'node:crypto'
import { decryptPhoneNumber } from '@oa/wechat'
import { createAttempt } from './attempts.ts'
import type { Times } from './measure.ts'
import { measureRounds, wayOf } from './measure.ts'
import { naiveDecrypt } from './naive-decrypt.ts'

const APP_ID = 'wx0a0a0a0a0a0a0a0a'
const WARM_UP_ROUNDS = 500

/** Refusals of our function and of the naive one, without HTTP, which would hide a microsecond. */
export const measureFunctions = async (rounds: number): Promise<{ ours: Times; naive: Times }> => {
  const key = randomBytes(16)
  const sessionKey = key.toString('base64')
  const through = (decrypt: (attempt: ReturnType<typeof createAttempt>) => unknown) => {
    const measure = (count: number) =>
      measureRounds(count, (kind) => {
        const attempt = createAttempt(wayOf(kind), key, APP_ID)
        const begin = performance.now()
        try {
          decrypt(attempt)
        } catch {
          return (performance.now() - begin) * 1_000
        }
        throw new Error(`${kind} was not refused`)
      })
    return async () => {
      await measure(WARM_UP_ROUNDS)
      return measure(rounds)
    }
  }
  const ours = await through((attempt) =>
    decryptPhoneNumber({ ...attempt, sessionKey, appId: APP_ID }),
  )()
  const naive = await through((attempt) => naiveDecrypt(attempt, { sessionKey, appId: APP_ID }))()
  return { ours, naive }
}
