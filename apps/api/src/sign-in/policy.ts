import type { LoginEvent } from '../audit/login-event.ts'
import type { LiveSession } from '../sessions/one-per-device.ts'
import { makeRoom } from '../sessions/one-per-device.ts'
import type { EndReason } from '../sessions/session.ts'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import type { SignIn, SignInOutcome } from './sign-in.ts'

/** What the database holds of a user at a sign-in: where they are signed in, the newest first. */
export type SignInSubject = { user: User; live: readonly LiveSession[] }

export type SessionEnd = {
  id: string
  reason: Extract<EndReason, 'replaced' | 'too_many'>
  at: Date
}

export type Agreed = { userId: number; version: string; at: Date }

/** What one sign-in is answered with, and what it writes. */
export type SignInDecision = {
  outcome: SignInOutcome
  /** Null when the sign-in is refused. */
  opened: (SignIn['session'] & { userId: number }) | null
  ends: readonly SessionEnd[]
  /** Null when the client said nothing, or the sign-in is refused. */
  agreed: Agreed | null
  event: LoginEvent
}

/**
 * One request for each user: the first one creates them, the last one is remembered as their login.
 * In the order of openids, because two transactions must not lock in opposite orders.
 */
export const onePerUser = (requests: readonly SignIn[]): SignIn[] => {
  const logins = new Map<string, SignIn>()
  for (const request of requests) {
    const earlier = logins.get(request.openid) ?? request
    const unionid = request.unionid ?? earlier.unionid
    const { profile, shareUserId } = earlier
    logins.set(request.openid, { ...request, unionid, profile, shareUserId })
  }
  return [...logins.values()].sort((one, other) => (one.openid < other.openid ? -1 : 1))
}

/** Decides each request as if they came one after the other, in their order. */
export const decideSignIns = (
  requests: readonly SignIn[],
  find: (openid: string) => SignInSubject,
): SignInDecision[] => {
  const liveByOpenid = new Map<string, readonly LiveSession[]>()
  return requests.map((request) => {
    const { user, live } = find(request.openid)
    const before = liveByOpenid.get(request.openid) ?? live
    const { decision, after } = decideSignIn({ user, live: before }, request)
    liveByOpenid.set(request.openid, after)
    return decision
  })
}

/** `after`: where the user is signed in from then on, the newest first. */
export const decideSignIn = (
  { user, live }: SignInSubject,
  request: SignIn,
): { decision: SignInDecision; after: readonly LiveSession[] } => {
  if (user.status !== UserStatus.active) {
    const outcome: SignInOutcome = { kind: 'refused', user }
    const event = refusalEvent(request, user)
    return { decision: { outcome, opened: null, ends: [], agreed: null, event }, after: live }
  }
  const { session, profile, maxSessions } = request
  const { replaced, surplus, kept } = makeRoom(live, session.deviceId, maxSessions)
  const ends = [
    ...replaced.map(({ id }): SessionEnd => ({ id, reason: 'replaced', at: session.createdAt })),
    ...surplus.map(({ id }): SessionEnd => ({ id, reason: 'too_many', at: session.createdAt })),
  ]
  const outcome: SignInOutcome = {
    kind: 'signed-in',
    user: { ...user, lastLoginTime: session.createdAt },
    created: user.publicId === profile.publicId,
    wasSignedInHere: live.some(({ deviceId }) => deviceId === session.deviceId),
    endedSessionIds: ends.map(({ id }) => id),
  }
  const opened = { ...session, userId: user.id }
  return {
    decision: {
      outcome,
      opened,
      ends,
      agreed: agreedBy(request, user),
      event: loginEvent(request, user),
    },
    after: [session, ...kept],
  }
}

const agreedBy = ({ agreement, session }: SignIn, { id }: User): Agreed | null =>
  agreement === null ? null : { userId: id, version: agreement, at: session.createdAt }

const loginEvent = ({ appId, session, requestId }: SignIn, user: User): LoginEvent => ({
  at: session.createdAt,
  kind: 'login',
  outcome: 'ok',
  appId,
  userId: user.id,
  sessionId: session.id,
  ip: session.ip,
  userAgent: session.userAgent,
  requestId,
})

const refusalEvent = (request: SignIn, user: User): LoginEvent => ({
  ...loginEvent(request, user),
  kind: 'login_refused',
  outcome: 'ACCOUNT_DISABLED',
  sessionId: null,
})
