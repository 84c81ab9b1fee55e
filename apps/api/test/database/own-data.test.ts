import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freezing, unfreezing } from '../../src/account/status-change.ts'
import type { Stores } from '../../src/core.ts'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { UserStatus } from '../../src/users/user.ts'
import { describeOnEachEngine } from './engines.ts'
import { APP_ID, aSignIn, DAY_MS, later } from './fixtures.ts'
import type { Row } from './query.ts'
import { queryRows } from './query.ts'

const LATER = later(60_000)
const OPEN = { lastSeenAt: LATER, endedAt: null, endedReason: null }
/** The columns that closing leaves unchanged: that an account existed, and when. */
const KEPT = {
  wx_user: ['id', 'public_id', 'appid', 'add_time', 'last_login_time', 'deleted'],
  wx_session: [
    ...['id', 'user_id', 'created_at', 'last_seen_at', 'idle_expires_at', 'absolute_expires_at'],
  ],
}

describeOnEachEngine('Own data', (engine) => {
  let options: DatabaseOptions
  let one: Stores
  let two: Stores
  beforeAll(async () => {
    options = await engine.create()
    await migrateDatabase(options)
    one = await openStores(options)
    two = await openStores(options)
  }, 30_000)
  afterAll(() => Promise.all([one.close(), two.close()]))

  const query = (statement: string) => queryRows(options, statement)
  /** A signed-in user with a value in every column. */
  const newUser = async () => {
    const request = aSignIn({
      unionid: `oUnion${randomUUID()}`,
      agreement: '2026-11-30',
      profile: { avatarUrl: 'https://example.com/a.png', gender: 2 },
      session: { deviceId: 'device-1' },
    })
    const { user } = await one.signIn(request)
    await one.phones.bind(user.id, `86-${user.id}`, LATER)
    await query(
      `UPDATE wx_user SET mobile = '021-555', birthday = '1990-01-31', user_level = 3,
         share_user_id = 7, status_note = 'ticket 4711', avatar_pending = '/wx/pictures/x.webp',
         profile_notice = 'picture' WHERE id = ${user.id}`,
    )
    await one.consents.add(
      { userId: user.id, pushId: null, templateIds: ['template'], at: LATER },
      9,
    )
    await one.newDevices.note({ ...request.session, userId: user.id, ...OPEN })
    return { user, openid: request.openid, sessionId: request.session.id }
  }
  const close = (database: Stores, { user, sessionId }: Awaited<ReturnType<typeof newUser>>) =>
    database.accounts.close({ userId: user.id, sessionId, at: later(120_000) })
  const unchanged = (before: Row | undefined, after: Row | undefined) =>
    Object.keys(before ?? {}).filter((name) => String(before?.[name]) === String(after?.[name]))

  it('is blanked when the account is closed: no column identifies the user', async () => {
    const person = await newUser()
    const read = async () => [
      (await query(`SELECT * FROM wx_user WHERE id = ${person.user.id}`))[0],
      (await query(`SELECT * FROM wx_session WHERE user_id = ${person.user.id}`))[0],
    ]
    const [userBefore, sessionBefore] = await read()

    expect(await close(one, person)).toEqual([person.sessionId])

    const [user, session] = await read()
    for (const table of ['agreement', 'message_consent', 'new_device']) {
      const rows = await query(`SELECT * FROM ${table} WHERE user_id = ${person.user.id}`)
      expect(rows, table).toEqual([])
    }
    expect(unchanged(userBefore, user).sort()).toEqual([...KEPT.wx_user].sort())
    expect(unchanged(sessionBefore, session).sort()).toEqual([...KEPT.wx_session].sort())
    const text = JSON.stringify([user, session])
    for (const trace of [person.openid, '021-555', '1990-01', 'ticket', 'iPhone', '2001:db8']) {
      expect(text).not.toContain(trace)
    }
    expect(String(user?.weixin_openid)).not.toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it('is blanked once: a second closing, or that of a frozen account, changes nothing', async () => {
    const person = await newUser()
    const closings = await Promise.all([close(one, person), close(two, person), close(two, person)])
    expect(closings.filter((ids) => ids !== null)).toEqual([[person.sessionId]])

    expect(await two.accounts.setStatus(person.user.id, unfreezing(), LATER)).toBeNull()
    expect(await two.users.find(person.user.id)).toMatchObject({
      status: UserStatus.closed,
    })

    const frozen = await newUser()
    await one.accounts.setStatus(frozen.user.id, freezing({ text: '违反社区规定' }), LATER)
    expect(await close(two, frozen)).toBeNull()
    expect(await one.users.findByKey({ appId: APP_ID, openid: frozen.openid })).toMatchObject({
      status: UserStatus.frozen,
      nickName: frozen.user.nickName,
    })
    for (const { user } of [person, frozen]) {
      expect(await one.personalData.read(user.id, { events: 10 })).toBeNull()
    }
  })

  it('is read completely, to the millisecond, with at most the given number of events', async () => {
    const { user, openid, sessionId } = await newUser()
    await two.signIn(aSignIn({ openid, session: { createdAt: later(1) } }))
    const read = (events: number) => two.personalData.read(user.id, { events })

    expect(await read(2)).toMatchObject({
      account: { birthday: new Date('1990-01-31'), phoneBoundAt: LATER, lastLoginTime: later(1) },
      sessions: [{ createdAt: later(1) }, { id: sessionId, createdAt: user.addTime }],
      events: [{ at: later(1), kind: 'login' }, { at: user.addTime }],
      eventsComplete: true,
    })
    expect(await read(1)).toMatchObject({ events: [{ at: later(1) }], eventsComplete: false })
  })

  it('holds each agreed version once, with its first time, whichever node says it again', async () => {
    const { user, openid } = await newUser()
    const again = (on: Stores, agreement: string, ms: number) =>
      on.signIn(aSignIn({ openid, agreement, session: { createdAt: later(ms) } }))
    await Promise.all([one, two, one, two].map((on, ms) => again(on, '2026-11-30', ms + 1)))
    await Promise.all([one, two].map((on) => again(on, '2027-01-01', 9)))

    const kept = await two.personalData.read(user.id, { events: 10 })
    expect(kept?.agreements).toEqual([
      { version: '2027-01-01', agreedAt: later(9) },
      { version: '2026-11-30', agreedAt: user.addTime },
    ])
  })

  it('loses old login events in batches, the oldest first', async () => {
    const event = { kind: 'login', outcome: 'ok', appId: APP_ID, sessionId: null } as const
    const at = (days: number) => later(-days * DAY_MS)
    for (const days of [900, 700, 800]) {
      const rest = { userId: days, ip: '', userAgent: '', requestId: '' }
      await one.loginEvents.append({ ...event, ...rest, at: at(days) })
    }
    const kept = () => query('SELECT user_id FROM login_event WHERE user_id >= 700 ORDER BY at')

    expect(await two.loginEvents.removeBefore(at(750), 1)).toBe(1)
    expect((await kept()).map((row) => Number(row.user_id))).toEqual([800, 700])
    expect(await two.loginEvents.removeBefore(at(750), 10)).toBe(1)
    expect(await two.loginEvents.removeBefore(at(750), 10)).toBe(0)
    expect((await kept()).map((row) => Number(row.user_id))).toEqual([700])
  })

  it('is never half blanked, whatever the user does on another node at the same time', async () => {
    for (let round = 0; round < 25; round += 1) {
      const person = await newUser()
      const { openid, user } = person
      const signIn = () =>
        two.signIn(aSignIn({ openid, agreement: '2027-01-01', session: { createdAt: LATER } }))

      const [ids, first, bound, second] = await Promise.all([
        close(one, person),
        signIn(),
        two.phones.bind(user.id, `86-race-${user.id}`, LATER),
        signIn(),
        two.consents.add({ userId: user.id, pushId: null, templateIds: ['other'], at: LATER }, 9),
      ])

      expect(ids).toContain(person.sessionId)
      expect(['bound', 'refused']).toContain(bound)
      expect(await one.sessions.listLive(user.id, LATER)).toEqual([])
      expect(await one.centre.find(user.id)).toMatchObject({ phone: null })
      const held = await query(
        `SELECT id FROM wx_session WHERE user_id = ${user.id}
         AND (ip <> '' OR user_agent <> '' OR sealed_session_key IS NOT NULL OR ended_at IS NULL)`,
      )
      expect(held).toEqual([])
      for (const table of ['agreement', 'message_consent', 'new_device']) {
        expect(await query(`SELECT * FROM ${table} WHERE user_id = ${user.id}`)).toEqual([])
      }
      const now = await one.users.findByKey({ appId: APP_ID, openid })
      expect([first.kind, second.kind]).toEqual(['signed-in', 'signed-in'])
      // The closing ends a sign-in that came before it; one that comes after it creates a new user.
      const newcomers = [first, second].filter((outcome) => outcome.user.id !== user.id)
      expect(now === null ? 0 : 1).toBe(Math.min(newcomers.length, 1))
      for (const newcomer of newcomers) expect(newcomer.user.id).toBe(now?.id)
      expect(now?.id).not.toBe(user.id)
      expect(now === null || now.nickName !== '已注销用户').toBe(true)
    }
  }, 60_000)
})
