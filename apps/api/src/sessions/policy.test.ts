import { ERRNO } from '@oa/contracts'
import { describe, expect, it } from 'vitest'
import { UserStatus } from '../users/user.ts'
import { isLive, refusalOf, touchOf } from './policy.ts'
import type { Session } from './session.ts'
import { aSession, aSessionWithUser } from './test-fixtures.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const MINUTE_MS = 60_000
const at = (ms: number) => new Date(NOW + ms)
const ended = (endedReason: Session['endedReason']) => ({ endedAt: at(-1), endedReason })

describe('a session', () => {
  it('is live until its idle end, its absolute end, or an ending', () => {
    const live = { idleExpiresAt: at(1), absoluteExpiresAt: at(1) }
    expect(isLive(aSession(live), NOW)).toBe(true)
    expect(isLive(aSession({ ...live, idleExpiresAt: at(0) }), NOW)).toBe(false)
    expect(isLive(aSession({ ...live, absoluteExpiresAt: at(0) }), NOW)).toBe(false)
    expect(isLive(aSession({ ...live, ...ended('logout') }), NOW)).toBe(false)
  })
})

describe('the holder of a token', () => {
  const refusal = (session: Partial<Session>, status: UserStatus = UserStatus.active) =>
    refusalOf(
      aSessionWithUser(
        { idleExpiresAt: at(1), absoluteExpiresAt: at(1), ...session },
        { status, statusReason: '账号因违反使用规定已停用' },
      ),
      NOW,
    )

  it('passes with a live session of an active account', () => {
    expect(refusal({})).toBeNull()
  })

  it.each(['logout', 'replaced', 'revoked'] as const)(
    'may sign in again silently when the session ended by %s',
    (reason) => {
      expect(refusal(ended(reason))?.errno).toBe(ERRNO.UNLOGIN)
    },
  )

  it.each(['ended_by_user', 'logout_all', 'too_many', 'left_elsewhere'] as const)(
    'is told of an ending by %s, which was decided elsewhere',
    (reason) => {
      expect(refusal(ended(reason))?.errno).toBe(ERRNO.SESSION_ENDED)
    },
  )

  it('may sign in again silently when the session expired', () => {
    expect(refusal({ idleExpiresAt: at(0) })?.errno).toBe(ERRNO.UNLOGIN)
  })

  it('is told why when the account is frozen, whatever became of the session', () => {
    for (const session of [{}, ended('frozen'), ended('logout_all')]) {
      expect(refusal(session, UserStatus.frozen)).toMatchObject({
        errno: ERRNO.ACCOUNT_DISABLED,
        message: '账号因违反使用规定已停用',
      })
    }
  })

  it('may start anew after closing the account, silently on the device that closed it', () => {
    expect(refusal(ended('left'), UserStatus.closed)?.errno).toBe(ERRNO.UNLOGIN)
    expect(refusal(ended('left_elsewhere'), UserStatus.closed)?.errno).toBe(ERRNO.SESSION_ENDED)
  })
})

describe('the use of a session', () => {
  const IDLE_MS = 60 * MINUTE_MS

  it('is written down every five minutes, not at every request', () => {
    const absoluteExpiresAt = at(10 * IDLE_MS)
    const recent = aSession({ lastSeenAt: at(-5 * MINUTE_MS + 1), absoluteExpiresAt })
    const old = aSession({ lastSeenAt: at(-5 * MINUTE_MS), absoluteExpiresAt })
    expect(touchOf(recent, NOW, IDLE_MS)).toBeNull()
    expect(touchOf(old, NOW, IDLE_MS)).toEqual({ lastSeenAt: at(0), idleExpiresAt: at(IDLE_MS) })
  })

  it('never prolongs a session beyond its absolute end', () => {
    const session = aSession({ lastSeenAt: at(-IDLE_MS), absoluteExpiresAt: at(IDLE_MS / 2) })
    expect(touchOf(session, NOW, IDLE_MS)?.idleExpiresAt).toEqual(at(IDLE_MS / 2))
  })
})
