import { expect, it } from 'vitest'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import { decideSignIn, decideSignIns, onePerUser } from './policy.ts'
import type { SignIn } from './sign-in.ts'

const AT = new Date('2026-11-21T23:30:00.123Z')

const aUser = (status: UserStatus = UserStatus.active): User => ({
  id: 7,
  publicId: 'public-7',
  appId: 'wx-app',
  openid: 'o-seven',
  unionid: null,
  nickName: '小明',
  avatarUrl: '',
  pendingAvatarUrl: '',
  gender: 0,
  status,
  statusReason: status === UserStatus.active ? null : '账号已停用',
  addTime: new Date(0),
  lastLoginTime: new Date(0),
})

type Changes = Partial<Omit<SignIn, 'session'>> & { session?: Partial<SignIn['session']> }

const aSignIn = ({ session, ...changes }: Changes = {}): SignIn => ({
  appId: 'wx-app',
  openid: 'o-seven',
  unionid: null,
  profile: { publicId: 'public-new', nickName: '小明', avatarUrl: '', gender: 0 },
  shareUserId: null,
  session: {
    id: 'session-new',
    deviceId: 'device-1',
    deviceName: '',
    ip: '2001:db8::1',
    userAgent: 'MicroMessenger',
    createdAt: AT,
    idleExpiresAt: AT,
    absoluteExpiresAt: AT,
    sealedSessionKey: 'k1.sealed',
    ...session,
  },
  maxSessions: 3,
  agreement: null,
  requestId: 'request-1',
  ...changes,
})

const live = (...sessions: [id: string, deviceId: string | null][]) =>
  sessions.map(([id, deviceId]) => ({ id, deviceId }))

it('opens a session, remembers the login and writes one event', () => {
  const { decision, after } = decideSignIn({ user: aUser(), live: [] }, aSignIn())

  expect(decision.outcome).toEqual({
    kind: 'signed-in',
    user: { ...aUser(), lastLoginTime: AT },
    created: false,
    wasSignedInHere: false,
    endedSessionIds: [],
  })
  expect(decision.opened).toMatchObject({ id: 'session-new', userId: 7 })
  expect(decision.event).toEqual({
    at: AT,
    kind: 'login',
    outcome: 'ok',
    appId: 'wx-app',
    userId: 7,
    sessionId: 'session-new',
    ip: '2001:db8::1',
    userAgent: 'MicroMessenger',
    requestId: 'request-1',
  })
  expect(after).toMatchObject([{ id: 'session-new' }])
})

it('has created the user whose public id is the one that this request brought', () => {
  const request = aSignIn({ profile: { ...aSignIn().profile, publicId: 'public-7' } })

  expect(decideSignIn({ user: aUser(), live: [] }, request).decision.outcome).toMatchObject({
    created: true,
  })
})

it('replaces the session of the same device and no other', () => {
  const before = live(['same', 'device-1'], ['other', 'device-2'], ['unnamed', null])
  const { decision, after } = decideSignIn({ user: aUser(), live: before }, aSignIn())

  expect(decision.ends).toEqual([{ id: 'same', reason: 'replaced', at: AT }])
  expect(after.map(({ id }) => id)).toEqual(['session-new', 'other', 'unnamed'])
})

it('knows whether the user was signed in on this device', () => {
  const before = live(['other', 'device-2'], ['unnamed', null])
  const isKnown = (deviceId: string | null) =>
    decideSignIn({ user: aUser(), live: before }, aSignIn({ session: { deviceId } })).decision
      .outcome

  expect(isKnown('device-1')).toMatchObject({ wasSignedInHere: false })
  expect(isKnown('device-2')).toMatchObject({ wasSignedInHere: true })
  expect(isKnown(null)).toMatchObject({ wasSignedInHere: true })
})

it('replaces nothing for a device without a name', () => {
  const request = aSignIn({ session: { deviceId: null } })

  expect(
    decideSignIn({ user: aUser(), live: live(['unnamed', null]) }, request).decision.ends,
  ).toEqual([])
})

it.each([
  [3, ['newest', 'middle'], ['oldest']],
  [2, ['newest'], ['middle', 'oldest']],
  [1, [], ['newest', 'middle', 'oldest']],
  [0, [], ['newest', 'middle', 'oldest']],
])('lets %i sessions live: the oldest of the others end', (maxSessions, kept, ended) => {
  const before = live(['newest', 'a'], ['middle', 'b'], ['oldest', 'c'])
  const request = aSignIn({ maxSessions })
  const { decision, after } = decideSignIn({ user: aUser(), live: before }, request)

  expect(decision.ends).toEqual(ended.map((id) => ({ id, reason: 'too_many', at: AT })))
  expect(decision.outcome).toMatchObject({ endedSessionIds: ended })
  expect(after.map(({ id }) => id)).toEqual(['session-new', ...kept])
})

it('counts the replaced session before it looks for surplus ones', () => {
  const before = live(['a', 'a'], ['same', 'device-1'], ['b', 'b'])
  const { decision } = decideSignIn({ user: aUser(), live: before }, aSignIn())

  expect(decision.ends.map(({ id, reason }) => [id, reason])).toEqual([['same', 'replaced']])
})

it('notes the version of the agreement that the client names, and nothing where it names none', () => {
  const agreedBy = (agreement: string | null) =>
    decideSignIn({ user: aUser(), live: [] }, aSignIn({ agreement })).decision.agreed

  expect(agreedBy('2026-11-30')).toEqual({ userId: 7, version: '2026-11-30', at: AT })
  expect(agreedBy(null)).toBeNull()
})

it.each([UserStatus.frozen, UserStatus.closed])(
  'refuses a user of status %i and writes nothing but the event',
  (status) => {
    const before = live(['same', 'device-1'])
    const { decision, after } = decideSignIn(
      { user: aUser(status), live: before },
      aSignIn({ agreement: '2026-11-30' }),
    )

    expect(decision.outcome).toEqual({ kind: 'refused', user: aUser(status) })
    expect(decision.opened).toBeNull()
    expect(decision.agreed).toBeNull()
    expect(decision.ends).toEqual([])
    expect(decision.event).toMatchObject({
      kind: 'login_refused',
      outcome: 'ACCOUNT_DISABLED',
      userId: 7,
      sessionId: null,
    })
    expect(after).toBe(before)
  },
)

it('decides requests of one user as if they came one after the other', () => {
  const requests = ['first', 'second'].map((id) => aSignIn({ session: { id } }))
  const decisions = decideSignIns(requests, () => ({
    user: aUser(),
    live: live(['old', 'device-1']),
  }))

  expect(decisions.map(({ ends }) => ends.map(({ id }) => id))).toEqual([['old'], ['first']])
})

it('merges the requests of a user: created and invited by the first, remembered by the last', () => {
  const [first, last] = [
    aSignIn({ unionid: 'o-union', shareUserId: 3, session: { id: 'first' } }),
    aSignIn({
      profile: { ...aSignIn().profile, nickName: '别名' },
      shareUserId: 4,
      session: { id: 'last' },
    }),
  ]

  expect(onePerUser([first, last])).toEqual([
    { ...last, profile: first.profile, shareUserId: 3, unionid: 'o-union' },
  ])
})

it('orders users by openid, so that no two transactions lock in opposite orders', () => {
  const requests = ['o-c', 'o-a', 'o-b', 'o-B'].map((openid) => aSignIn({ openid }))

  expect(onePerUser(requests).map(({ openid }) => openid)).toEqual(['o-B', 'o-a', 'o-b', 'o-c'])
})
