import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { CLOSED_NAME } from '../../src/account/erasure.ts'
import { freezing, unfreezing } from '../../src/account/status-change.ts'
import { UserStatus } from '../../src/users/user.ts'
import { describeOnEachEngine } from './engines.ts'
import { APP_ID, aSignIn, later, NOW } from './fixtures.ts'
import { useTwoStores } from './two-stores.ts'

describeOnEachEngine('The stores', (engine) => {
  const { nodes, signIn } = useTwoStores(engine)

  it('create a user and a session, and read them back to the millisecond', async () => {
    const request = aSignIn({
      unionid: 'oUnion',
      profile: { nickName: '👨‍👩‍👧‍👦🇨🇳𠮷𪚥é', avatarUrl: 'https://example.com/a.png', gender: 2 },
    })
    const { user, created } = await signIn(request)
    const { sealedSessionKey: _, ...session } = request.session

    expect(created).toBe(true)
    expect(user).toEqual({
      ...request.profile,
      id: expect.any(Number),
      appId: APP_ID,
      openid: request.openid,
      unionid: 'oUnion',
      pendingAvatarUrl: '',
      status: UserStatus.active,
      statusReason: null,
      addTime: NOW,
      lastLoginTime: NOW,
    })
    expect(await nodes.database.sessions.find(session.id)).toEqual({
      user,
      session: { ...session, userId: user.id, lastSeenAt: NOW, endedAt: null, endedReason: null },
    })
    expect(await nodes.database.users.find(user.id)).toEqual(user)
    expect(await nodes.database.users.findByKey({ publicId: user.publicId })).toEqual(user)
  })

  it('return null or an empty list for what does not exist', async () => {
    expect(await nodes.database.users.find(2 ** 31 - 1)).toBeNull()
    expect(await nodes.database.users.findByKey({ publicId: randomUUID() })).toBeNull()
    expect(await nodes.database.sessions.find(randomUUID())).toBeNull()
    expect(await nodes.database.sessions.findSealedSessionKey(randomUUID())).toBeNull()
    expect(await nodes.database.sessions.endAll(2 ** 31 - 1, 'logout_all', NOW)).toEqual([])
  })

  it('keep openids apart that differ only in case, and the same openid of two apps', async () => {
    const openids = ['oAbC-_0', 'oabc-_0', 'OABC-_0']
    const users = await Promise.all(openids.map((openid) => signIn(aSignIn({ openid }))))
    const other = await signIn(aSignIn({ openid: 'oAbC-_0', appId: 'wx1b1b1b1b1b1b1b1b' }))

    expect(new Set([...users, other].map(({ user }) => user.id)).size).toBe(4)
    for (const [index, openid] of openids.entries()) {
      expect(await nodes.database.users.findByKey({ appId: APP_ID, openid })).toEqual(
        users[index]?.user,
      )
    }
    expect(await nodes.database.users.findByKey({ appId: APP_ID, openid: 'oAbc-_0' })).toBeNull()
  })

  it('recognise a returning user, keep the profile and update the last login', async () => {
    const { user, request } = await signIn()
    const again = await signIn(
      aSignIn({
        openid: request.openid,
        profile: { nickName: 'another name' },
        session: { createdAt: later(1001) },
      }),
    )

    expect(again.created).toBe(false)
    expect(again.user).toEqual({ ...user, lastLoginTime: later(1001) })
  })

  it('record a unionid that arrives later, and keep it when WeChat leaves it out', async () => {
    const { user, request } = await signIn()
    const union = await signIn(aSignIn({ openid: request.openid, unionid: 'oUnionLater' }))
    const without = await signIn(aSignIn({ openid: request.openid }))

    expect(union.user).toEqual({ ...user, unionid: 'oUnionLater' })
    expect(without.user).toEqual(union.user)
  })

  it('create two users for two openids that share a unionid', async () => {
    const [one, two] = [
      await signIn(aSignIn({ unionid: 'oShared' })),
      await signIn(aSignIn({ unionid: 'oShared' })),
    ]

    expect(one.user.id).not.toBe(two.user.id)
  })

  it('end the sessions of a frozen or closed user, and refuse sign-ins while the user is frozen', async () => {
    const { user, request, sessionId } = await signIn()
    const { users, sessions, accounts } = nodes.database
    const freeze = freezing({ text: '违反考勤规定' })

    expect(await accounts.setStatus(user.id, freeze, later(1))).toEqual([sessionId])
    expect((await sessions.find(sessionId))?.session.endedReason).toBe('frozen')
    const again = aSignIn({ openid: request.openid, session: { createdAt: later(2) } })
    expect(await nodes.database.signIn(again)).toEqual({
      kind: 'refused',
      user: { ...user, status: UserStatus.frozen, statusReason: '违反考勤规定' },
    })
    expect(await sessions.find(again.session.id)).toBeNull()

    expect(await accounts.setStatus(user.id, unfreezing(), later(1))).toEqual([])
    expect((await nodes.database.signIn(again)).kind).toBe('signed-in')
    const closing = { userId: user.id, scope: 'account', nickName: CLOSED_NAME } as const
    expect(await accounts.erase({ ...closing, at: later(3) })).toEqual([again.session.id])
    expect((await sessions.find(again.session.id))?.session.endedReason).toBe('closed')
    expect((await users.find(user.id))?.status).toBe(UserStatus.closed)
  })
})
