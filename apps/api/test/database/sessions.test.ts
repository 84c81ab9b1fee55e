import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { SignIn } from '../../src/sign-in/sign-in.ts'
import { describeOnEachEngine } from './engines.ts'
import { APP_ID, aSignIn, DAY_MS, later, NOW } from './fixtures.ts'
import { useTwoStores } from './two-stores.ts'

describeOnEachEngine('The session store', (engine) => {
  const { nodes, signIn } = useTwoStores(engine)

  it('ends the previous session of the same device, and no other', async () => {
    const phone = { deviceId: 'device-phone' }
    const first = await signIn(aSignIn({ session: phone }))
    const { openid } = first.request
    const tablet = await signIn(aSignIn({ openid, session: { deviceId: 'device-tablet' } }))
    const unnamed = await signIn(aSignIn({ openid }))
    const stranger = await signIn(aSignIn({ session: phone }))

    const second = await signIn(aSignIn({ openid, session: { ...phone, createdAt: later(5) } }))

    expect(second.endedSessionIds).toEqual([first.sessionId])
    expect((await nodes.database.sessions.find(first.sessionId))?.session).toMatchObject({
      endedAt: later(5),
      endedReason: 'replaced',
    })
    for (const { sessionId } of [tablet, unnamed, stranger, second]) {
      expect((await nodes.database.sessions.find(sessionId))?.session.endedAt).toBeNull()
    }
  })

  it('ends the oldest session when a user exceeds the limit', async () => {
    const openid = `o${randomUUID()}`
    const ids: string[] = []
    for (let index = 0; index < 3; index += 1) {
      const { sessionId } = await signIn(
        aSignIn({ openid, maxSessions: 3, session: { createdAt: later(index) } }),
      )
      ids.push(sessionId)
    }
    const { user, sessionId, endedSessionIds } = await signIn(
      aSignIn({ openid, maxSessions: 3, session: { createdAt: later(10) } }),
    )

    expect(endedSessionIds).toEqual(ids.slice(0, 1))
    expect((await nodes.database.sessions.find(ids[0] ?? ''))?.session.endedReason).toBe('too_many')
    const live = await nodes.database.sessions.listLive(user.id, later(10))
    expect(live.map(({ id }) => id)).toEqual([sessionId, ids[2], ids[1]])
  })

  it('counts expired sessions neither as live nor against the limit', async () => {
    const openid = `o${randomUUID()}`
    const idle = await signIn(aSignIn({ openid, session: { idleExpiresAt: later(100) } }))
    await signIn(aSignIn({ openid, session: { absoluteExpiresAt: later(100) } }))
    const at = later(100)

    const { user, sessionId, endedSessionIds } = await signIn(
      aSignIn({ openid, maxSessions: 1, session: { createdAt: at } }),
    )
    expect(endedSessionIds).toEqual([])
    expect((await nodes.database.sessions.listLive(user.id, at)).map(({ id }) => id)).toEqual([
      sessionId,
    ])
    expect(
      await nodes.database.sessions.end({ id: idle.sessionId, userId: user.id }, 'logout', at),
    ).toEqual([])
  })

  it('ends a session once, for its own user only, and deletes its session_key', async () => {
    const { user, sessionId } = await signIn()
    const stranger = await signIn()
    const { sessions } = nodes.database
    expect(await sessions.findSealedSessionKey(sessionId)).toBe('k1.sealed')

    const theft = { id: sessionId, userId: stranger.user.id }
    expect(await sessions.end(theft, 'ended_by_user', NOW)).toEqual([])
    const own = { id: sessionId, userId: user.id }
    expect(await sessions.end(own, 'logout', later(7))).toEqual([sessionId])
    expect(await sessions.end(own, 'logout_all', later(8))).toEqual([])

    expect(await sessions.findSealedSessionKey(sessionId)).toBeNull()
    expect((await sessions.find(sessionId))?.session).toMatchObject({
      endedAt: later(7),
      endedReason: 'logout',
    })
  })

  it('ends all sessions of a user and returns their ids', async () => {
    const { user, request, sessionId } = await signIn()
    const second = await signIn(aSignIn({ openid: request.openid }))
    const stranger = await signIn()

    const ended = await nodes.database.sessions.endAll(user.id, 'logout_all', later(1))

    expect(ended.sort()).toEqual([sessionId, second.sessionId].sort())
    expect(await nodes.database.sessions.listLive(user.id, later(1))).toEqual([])
    expect(await nodes.database.sessions.endAll(user.id, 'logout_all', later(2))).toEqual([])
    expect(await nodes.database.sessions.findSealedSessionKey(second.sessionId)).toBeNull()
    expect(await nodes.database.sessions.listLive(stranger.user.id, NOW)).toHaveLength(1)
  })

  it('records use of a live session, never backwards, and never revives an ended one', async () => {
    const { user, sessionId } = await signIn()
    const { sessions } = nodes.database
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

  it('removes sessions that expired before a given time, the oldest first, in batches', async () => {
    // Older than the sessions of the other tests, which share the table.
    const expiring = (days: number, changes: Partial<SignIn> = {}) => {
      const at = later(-days * DAY_MS)
      const session = { createdAt: at, idleExpiresAt: later(DAY_MS, at), absoluteExpiresAt: NOW }
      return signIn(aSignIn({ ...changes, session }))
    }
    const oldest = await expiring(400)
    const ended = await expiring(300)
    const end = { id: ended.sessionId, userId: ended.user.id }
    await nodes.database.sessions.end(end, 'logout', later(-300 * DAY_MS))
    const kept = await expiring(200)
    const before = kept.request.session.idleExpiresAt

    expect(await nodes.database.sessions.removeExpired(before, 1)).toBe(1)
    expect(await nodes.database.sessions.find(oldest.sessionId)).toBeNull()
    expect(await nodes.database.sessions.find(ended.sessionId)).not.toBeNull()
    expect(await nodes.database.sessions.removeExpired(before, 10)).toBe(1)
    expect(await nodes.database.sessions.find(ended.sessionId)).toBeNull()
    expect(await nodes.database.sessions.removeExpired(before, 10)).toBe(0)
    expect(await nodes.database.sessions.findSealedSessionKey(kept.sessionId)).toBe('k1.sealed')
    expect(await nodes.database.users.find(oldest.user.id)).toEqual(oldest.user)
  })

  it('stores a user agent of the maximum length, and a login event without a user', async () => {
    const userAgent = 'é'.repeat(512)
    const { sessionId } = await signIn(aSignIn({ session: { userAgent } }))
    await nodes.database.loginEvents.append({
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

    expect((await nodes.database.sessions.find(sessionId))?.session.userAgent).toBe(userAgent)
  })
})
