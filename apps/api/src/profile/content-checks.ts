import { setTimeout as sleep } from 'node:timers/promises'
import { WeChatError } from '@oa/wechat'
import type { Background } from '../infra/background.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { WeChats } from '../infra/wechat/wechats.ts'
import type { Revocations } from '../sessions/revocation.ts'
import { placeholderName } from '../users/placeholder-name.ts'
import type { UserStore } from '../users/sql.ts'
import type { User } from '../users/user.ts'
import type { Suggestion } from './policy.ts'
import { isAllowed, MAX_ATTEMPTS, nextAttempt, picturePath } from './policy.ts'
import type { OpenCheck, ProfileStore } from './sql.ts'

/** For how long one node has a check to itself. */
const CLAIM_MS = 60_000
const AT_ONCE = 20
/** For how long a verdict waits until its check is known; WeChat waits 5 s for the answer to a push. */
const OVERTAKING_MS = 2_000
const LOOK_AGAIN_MS = 100

type Deps = {
  wechats: Pick<WeChats, 'serves'> & {
    of(appId: string): Pick<WeChat, 'checkText' | 'checkPicture'>
  }
  store: ProfileStore
  users: Pick<UserStore, 'find'>
  revocations: Revocations
  clock: Clock
  background: Background
  /** Where WeChat reaches this API. */
  publicUrl: string
  log: Log
}

export type Verdict = { appId: string; traceId: string; suggest: string }

export type ContentChecks = ReturnType<typeof createContentChecks>

/** What WeChat thinks of names and pictures; what it cannot say now it is asked again. */
export const createContentChecks = (deps: Deps) => {
  const { wechats, store, users, revocations, clock, background, publicUrl, log } = deps

  const settle = async (check: OpenCheck, user: User, allowed: boolean) => {
    const verdict = { allowed, placeholder: placeholderName(), now: clock.now() }
    await revocations.ending(user, () => store.settle(check, verdict))
    if (!allowed) log.info({ userId: user.id, kind: check.kind }, 'WeChat refused a profile')
  }
  const postpone = async (check: OpenCheck, traceId?: string) => {
    if (check.attempts + 1 >= MAX_ATTEMPTS) {
      log.warn({ check: check.id, kind: check.kind }, 'WeChat gave no verdict: giving up')
      await store.dropCheck(check)
      return
    }
    const nextAt = nextAttempt(check.attempts, clock.now(), traceId !== undefined)
    await store.postponeCheck(check, traceId === undefined ? { nextAt } : { nextAt, traceId })
  }
  const ask = async (check: OpenCheck, user: User): Promise<void> => {
    const wechat = wechats.of(user.appId)
    if (check.kind === 'picture') {
      const mediaUrl = publicUrl + picturePath(check.subject)
      const traceId = await unlessAway(() => wechat.checkPicture(user.openid, mediaUrl))
      return postpone(check, traceId)
    }
    const verdict = await unlessAway(() => wechat.checkText(user.openid, check.subject))
    return verdict === undefined ? postpone(check) : settle(check, user, isAllowed(verdict))
  }
  /** A verdict may overtake the answer by which WeChat says what it will be about. */
  const findAsked = async (traceId: string): Promise<OpenCheck | null> => {
    const until = performance.now() + OVERTAKING_MS
    for (;;) {
      const now = clock.now()
      const isAsking = await store.isAsking(new Date(now), new Date(now + CLAIM_MS))
      const check = await store.findCheck(traceId)
      if (check !== null || !isAsking || performance.now() > until) return check
      await sleep(LOOK_AGAIN_MS)
    }
  }
  const run = async (check: OpenCheck) => {
    const user = await users.find(check.userId)
    if (user === null || !wechats.serves(user.appId)) await store.dropCheck(check)
    else await ask(check, user)
  }
  const runDue = async (): Promise<number> => {
    const now = clock.now()
    const due = await store.claimChecks(new Date(now), new Date(now + CLAIM_MS), AT_ONCE)
    for (const check of due) await run(check)
    return due.length
  }

  return {
    /** `unknown` when WeChat cannot say now. */
    judgeName: async (user: User, name: string): Promise<Suggestion | 'unknown'> =>
      (await unlessAway(() => wechats.of(user.appId).checkText(user.openid, name))) ?? 'unknown',

    /** The same for texts of companies: what somebody would have to look at is refused too. */
    async judgeText(author: User, text: string): Promise<'allowed' | 'refused' | 'unknown'> {
      const verdict = await unlessAway(() =>
        wechats.of(author.appId).checkText(author.openid, text),
      )
      if (verdict === undefined) return 'unknown'
      return isAllowed(verdict) ? 'allowed' : 'refused'
    },

    /** The name that a new user brought along is checked after the sign-in. */
    nameAdded(user: User): void {
      background.run('checking a name', async () => {
        await store.addNameCheck(user.id, user.nickName, clock.now())
        await runDue()
      })
    },

    /** WeChat is asked now; its verdict is pushed later. */
    pictureAdded(): void {
      background.run('checking a picture', runDue)
    },

    /** Acts on a verdict pushed for that mini-program; false when no check of it has this id. */
    async onVerdict({ appId, traceId, suggest }: Verdict): Promise<boolean> {
      const check = await findAsked(traceId)
      const user = check === null ? null : await users.find(check.userId)
      if (check === null || user?.appId !== appId) return false
      await settle(check, user, isAllowed(suggest))
      return true
    },

    /** Asks WeChat about what is due; resolves to how much that was. */
    runDue,
  }
}

/** Whatever WeChat's reason is, the check can only be made later. */
const unlessAway = async <T>(call: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await call()
  } catch (error) {
    if (error instanceof WeChatError) return undefined
    throw error
  }
}
