import { randomUUID } from 'node:crypto'
import type { NewSession, SignIn } from '../../src/sign-in/sign-in.ts'

export const APP_ID = 'wx0a0a0a0a0a0a0a0a'
/** With milliseconds, and at an hour when the date depends on the time zone. */
export const NOW = new Date('2026-11-21T23:30:00.123Z')

export const DAY_MS = 24 * 3600 * 1000

export const later = (ms: number, from: Date = NOW) => new Date(from.getTime() + ms)

export const aSession = (changes: Partial<NewSession> = {}): NewSession => {
  const createdAt = changes.createdAt ?? NOW
  return {
    id: randomUUID(),
    deviceId: null,
    deviceName: 'iPhone 15',
    ip: '2001:db8::1',
    userAgent: 'MicroMessenger',
    createdAt,
    idleExpiresAt: later(7 * DAY_MS, createdAt),
    absoluteExpiresAt: later(30 * DAY_MS, createdAt),
    sealedSessionKey: 'k1.sealed',
    ...changes,
  }
}

type Changes = Partial<Omit<SignIn, 'session' | 'profile'>> & {
  session?: Partial<NewSession>
  profile?: Partial<SignIn['profile']>
}

export const aSignIn = ({ session, profile, ...changes }: Changes = {}): SignIn => ({
  appId: APP_ID,
  openid: `o${randomUUID()}`,
  unionid: null,
  profile: { publicId: randomUUID(), nickName: '小明😀', avatarUrl: '', gender: 0, ...profile },
  shareUserId: null,
  session: aSession(session),
  maxSessions: 10,
  agreement: null,
  requestId: 'request-1',
  ...changes,
})
