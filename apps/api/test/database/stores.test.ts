import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/database/open-database.ts'
import { migrateDatabase } from '../../src/migrations/migrate-database.ts'
import type { Database } from '../../src/ports/database.ts'
import type { SignIn, SignInOutcome } from '../../src/ports/sessions.ts'
import { describeOnEachEngine } from './engines.ts'
import { APP_ID, aSignIn, later, NOW } from './fixtures.ts'

describeOnEachEngine('The stores', (engine) => {
  let database: Database
  let otherNode: Database

  beforeAll(async () => {
    const options = await engine.create()
    await migrateDatabase(options)
    database = await openDatabase(options)
    otherNode = await openDatabase(options)
  }, 30_000)
  afterAll(async () => {
    await Promise.all([database.close(), otherNode.close()])
  })

  const signedIn = async (request: SignIn = aSignIn()) => {
    const outcome = await database.sessions.signIn(request)
    if (outcome.kind !== 'signed-in') throw new Error('refused')
    return { ...outcome, request, sessionId: request.session.id }
  }

  it('makes a new person and a session, and reads them back to the millisecond', async () => {
    const request = aSignIn({
      unionid: 'oUnion',
      profile: { nickName: '👨‍👩‍👧‍👦🇨🇳𠮷𪚥é', avatarUrl: 'https://example.com/a.png', gender: 2 },
    })
    const { user, created } = await signedIn(request)
    const { sealedSessionKey: _, ...session } = request.session

    expect(created).toBe(true)
    expect(user).toEqual({
      ...request.profile,
      id: expect.any(Number),
      appId: APP_ID,
      openid: request.openid,
      unionid: 'oUnion',
      status: 0,
      statusReason: null,
      addTime: NOW,
      lastLoginTime: NOW,
    })
    expect(await database.sessions.find(session.id)).toEqual({
      user,
      session: { ...session, userId: user.id, lastSeenAt: NOW, endedAt: null, endedReason: null },
    })
    expect(await database.users.find(user.id)).toEqual(user)
    expect(await database.users.findByName({ publicId: user.publicId })).toEqual(user)
  })

  it('knows nobody and nothing that is not there', async () => {
    expect(await database.users.find(2 ** 31 - 1)).toBeNull()
    expect(await database.users.findByName({ publicId: randomUUID() })).toBeNull()
    expect(await database.sessions.find(randomUUID())).toBeNull()
    expect(await database.sessions.findSealedSessionKey(randomUUID())).toBeNull()
    expect(await database.sessions.endAll(2 ** 31 - 1, 'logout_all', NOW)).toEqual([])
  })

  it('keeps openids apart that differ in case alone, and the same openid of two apps', async () => {
    const openids = ['oAbC-_0', 'oabc-_0', 'OABC-_0']
    const people = await Promise.all(openids.map((openid) => signedIn(aSignIn({ openid }))))
    const other = await signedIn(aSignIn({ openid: 'oAbC-_0', appId: 'wx1b1b1b1b1b1b1b1b' }))

    expect(new Set([...people, other].map(({ user }) => user.id)).size).toBe(4)
    for (const [index, openid] of openids.entries()) {
      expect(await database.users.findByName({ appId: APP_ID, openid })).toEqual(
        people[index]?.user,
      )
    }
    expect(await database.users.findByName({ appId: APP_ID, openid: 'oAbc-_0' })).toBeNull()
  })

  it('recognises a returning person, keeps the profile and moves the last login', async () => {
    const { user, request } = await signedIn()
    const again = await signedIn(
      aSignIn({
        openid: request.openid,
        profile: { nickName: 'somebody else' },
        session: { createdAt: later(1001) },
      }),
    )

    expect(again.created).toBe(false)
    expect(again.user).toEqual({ ...user, lastLoginTime: later(1001) })
  })

  it('records a unionid that arrives later, and keeps it when WeChat leaves it out', async () => {
    const { user, request } = await signedIn()
    const union = await signedIn(aSignIn({ openid: request.openid, unionid: 'oUnionLater' }))
    const without = await signedIn(aSignIn({ openid: request.openid }))

    expect(union.user).toEqual({ ...user, unionid: 'oUnionLater' })
    expect(without.user).toEqual(union.user)
  })

  it('never takes the unionid for the person', async () => {
    const [one, two] = [
      await signedIn(aSignIn({ unionid: 'oShared' })),
      await signedIn(aSignIn({ unionid: 'oShared' })),
    ]

    expect(one.user.id).not.toBe(two.user.id)
  })

  it('gives one row to a hundred simultaneous first sign-ins on two nodes, and no failure', async () => {
    const openid = `o${randomUUID()}`
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? database : otherNode).sessions.signIn(aSignIn({ openid })),
      ),
    )
    const users = outcomes.map(({ user }) => user)

    expect(new Set(users.map(({ id }) => id)).size).toBe(1)
    expect(new Set(users.map(({ publicId }) => publicId)).size).toBe(1)
    expect(outcomes.filter((outcome) => 'created' in outcome && outcome.created)).toHaveLength(1)
    expect(await database.sessions.listLive(users[0]?.id ?? 0, NOW)).toHaveLength(10)
  }, 30_000)

  it('does so fifty times over', async () => {
    for (let round = 0; round < 50; round += 1) {
      const openid = `o${randomUUID()}`
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? database : otherNode).sessions.signIn(aSignIn({ openid })),
        ),
      )
      expect(new Set(outcomes.map(({ user }) => user.id)).size).toBe(1)
    }
  }, 60_000)

  it('lets a hundred different people sign in for the first time at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? database : otherNode).sessions.signIn(aSignIn()),
      ),
    )

    expect(new Set(outcomes.map(({ user }) => user.id)).size).toBe(100)
  }, 30_000)

  it('ends the previous session of the same device, and no other', async () => {
    const phone = { deviceId: 'device-phone' }
    const first = await signedIn(aSignIn({ session: phone }))
    const { openid } = first.request
    const tablet = await signedIn(aSignIn({ openid, session: { deviceId: 'device-tablet' } }))
    const unnamed = await signedIn(aSignIn({ openid }))
    const stranger = await signedIn(aSignIn({ session: phone }))

    const second = await signedIn(aSignIn({ openid, session: { ...phone, createdAt: later(5) } }))

    expect(second.endedSessionIds).toEqual([first.sessionId])
    expect((await database.sessions.find(first.sessionId))?.session).toMatchObject({
      endedAt: later(5),
      endedReason: 'replaced',
    })
    for (const { sessionId } of [tablet, unnamed, stranger, second]) {
      expect((await database.sessions.find(sessionId))?.session.endedAt).toBeNull()
    }
  })

  it('ends the oldest session when one more than allowed begins', async () => {
    const openid = `o${randomUUID()}`
    const ids: string[] = []
    for (let index = 0; index < 3; index += 1) {
      const { sessionId } = await signedIn(
        aSignIn({ openid, maxSessions: 3, session: { createdAt: later(index) } }),
      )
      ids.push(sessionId)
    }
    const { user, sessionId, endedSessionIds } = await signedIn(
      aSignIn({ openid, maxSessions: 3, session: { createdAt: later(10) } }),
    )

    expect(endedSessionIds).toEqual(ids.slice(0, 1))
    expect((await database.sessions.find(ids[0] ?? ''))?.session.endedReason).toBe('too_many')
    const live = await database.sessions.listLive(user.id, later(10))
    expect(live.map(({ id }) => id)).toEqual([sessionId, ids[2], ids[1]])
  })

  it('counts expired sessions neither as live nor against the limit', async () => {
    const openid = `o${randomUUID()}`
    const idle = await signedIn(aSignIn({ openid, session: { idleExpiresAt: later(100) } }))
    await signedIn(aSignIn({ openid, session: { absoluteExpiresAt: later(100) } }))
    const at = later(100)

    const { user, sessionId, endedSessionIds } = await signedIn(
      aSignIn({ openid, maxSessions: 1, session: { createdAt: at } }),
    )
    expect(endedSessionIds).toEqual([])
    expect((await database.sessions.listLive(user.id, at)).map(({ id }) => id)).toEqual([sessionId])
    expect(await database.sessions.end({ id: idle.sessionId, userId: user.id }, 'logout', at)).toBe(
      false,
    )
  })

  it('ends a session once, for its own person alone, and forgets the key', async () => {
    const { user, sessionId } = await signedIn()
    const stranger = await signedIn()
    const { sessions } = database
    expect(await sessions.findSealedSessionKey(sessionId)).toBe('k1.sealed')

    const theft = { id: sessionId, userId: stranger.user.id }
    expect(await sessions.end(theft, 'ended_by_user', NOW)).toBe(false)
    expect(await sessions.end({ id: sessionId, userId: user.id }, 'logout', later(7))).toBe(true)
    expect(await sessions.end({ id: sessionId, userId: user.id }, 'logout_all', later(8))).toBe(
      false,
    )

    expect(await sessions.findSealedSessionKey(sessionId)).toBeNull()
    expect((await sessions.find(sessionId))?.session).toMatchObject({
      endedAt: later(7),
      endedReason: 'logout',
    })
  })

  it('ends all sessions of a person and names them', async () => {
    const { user, request, sessionId } = await signedIn()
    const second = await signedIn(aSignIn({ openid: request.openid }))
    const stranger = await signedIn()

    const ended = await database.sessions.endAll(user.id, 'logout_all', later(1))

    expect(ended.sort()).toEqual([sessionId, second.sessionId].sort())
    expect(await database.sessions.listLive(user.id, later(1))).toEqual([])
    expect(await database.sessions.endAll(user.id, 'logout_all', later(2))).toEqual([])
    expect(await database.sessions.findSealedSessionKey(second.sessionId)).toBeNull()
    expect(await database.sessions.listLive(stranger.user.id, NOW)).toHaveLength(1)
  })

  it('records use of a live session, never backwards, and never revives an ended one', async () => {
    const { user, sessionId } = await signedIn()
    const { sessions } = database
    const seen = { lastSeenAt: later(5000), idleExpiresAt: later(900_000) }
    await sessions.touch(sessionId, seen)
    await sessions.touch(sessionId, { lastSeenAt: later(4000), idleExpiresAt: later(1) })
    expect((await sessions.find(sessionId))?.session).toMatchObject(seen)

    await sessions.end({ id: sessionId, userId: user.id }, 'logout', later(6000))
    await sessions.touch(sessionId, { lastSeenAt: later(7000), idleExpiresAt: later(999_000) })
    expect((await sessions.find(sessionId))?.session).toMatchObject({
      ...seen,
      endedAt: later(6000),
    })
  })

  it('freezes a person: sessions end, sign-ins are refused with the reason, until unfrozen', async () => {
    const { user, request, sessionId } = await signedIn()
    const { users, sessions } = database
    const change = { userId: user.id, status: 1 as const, reason: '违反考勤规定', at: later(1) }

    expect(await users.setStatus(change)).toEqual([sessionId])
    expect((await sessions.find(sessionId))?.session.endedReason).toBe('frozen')
    const again = aSignIn({ openid: request.openid, session: { createdAt: later(2) } })
    expect(await sessions.signIn(again)).toEqual({
      kind: 'refused',
      user: { ...user, status: 1, statusReason: '违反考勤规定' },
    })
    expect(await sessions.find(again.session.id)).toBeNull()

    expect(await users.setStatus({ ...change, status: 0, reason: null })).toEqual([])
    expect((await sessions.signIn(again)).kind).toBe('signed-in')
    expect(await users.setStatus({ ...change, status: 2 })).toEqual([again.session.id])
    expect((await sessions.find(again.session.id))?.session.endedReason).toBe('closed')
    expect((await users.find(user.id))?.status).toBe(2)
  })

  it('leaves no live session of a frozen person, whoever comes first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { user, request } = await signedIn()
      const [outcomes] = await Promise.all([
        Promise.all(
          [database, otherNode, database, otherNode].map((node) =>
            node.sessions.signIn(aSignIn({ openid: request.openid })),
          ),
        ),
        otherNode.users.setStatus({ userId: user.id, status: 1, reason: null, at: NOW }),
      ])
      expect(await database.sessions.listLive(user.id, NOW)).toEqual([])
      for (const { kind } of outcomes satisfies SignInOutcome[]) {
        expect(['signed-in', 'refused']).toContain(kind)
      }
    }
  }, 30_000)

  it('takes a user agent of any length and a login event without a person', async () => {
    const userAgent = 'é'.repeat(9000)
    const { sessionId } = await signedIn(aSignIn({ session: { userAgent } }))
    await database.loginEvents.append({
      at: NOW,
      kind: 'login_refused',
      outcome: 'WX_CODE_INVALID',
      appId: APP_ID,
      userId: null,
      sessionId: null,
      ip: '127.0.0.1',
      userAgent,
      requestId: 'request-2',
    })

    expect((await database.sessions.find(sessionId))?.session.userAgent).toBe('é'.repeat(512))
  })
})
