import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLOSED_NAME } from '../../src/account/erasure.ts'
import { freezing } from '../../src/account/status-change.ts'
import type { Stores } from '../../src/core.ts'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { UserStatus } from '../../src/users/user.ts'
import { describeOnEachEngine } from './engines.ts'
import { aSignIn, later, NOW } from './fixtures.ts'

const PHONE = '86-13900000001'
const OTHER_APP = 'wx1b1b1b1b1b1b1b1b'
const LATER = later(60_000)

describeOnEachEngine('Accounts', (engine) => {
  let database: Stores
  beforeAll(async () => {
    const options = await engine.create()
    await migrateDatabase(options)
    database = await openStores(options)
  }, 30_000)
  afterAll(() => database.close())

  const newUser = async (appId?: string) => {
    const request = aSignIn({
      ...(appId === undefined ? {} : { appId }),
      unionid: 'oUnion',
      profile: { avatarUrl: 'https://example.com/a.png', gender: 2 },
    })
    const { user } = await database.signIn(request)
    return { user, sessionId: request.session.id }
  }
  const bind = (userId: number, phone: string) => database.phones.bind(userId, phone, LATER)

  it('have one phone number each, unique within an app, and release it when they are closed', async () => {
    const [one, two, elsewhere] = [await newUser(), await newUser(), await newUser(OTHER_APP)].map(
      ({ user }) => user.id,
    )
    expect(await database.centre.find(one ?? 0)).toMatchObject({ phone: null })
    expect([await bind(one ?? 0, PHONE), await bind(one ?? 0, PHONE)]).toEqual(['bound', 'bound'])
    expect(await database.centre.find(one ?? 0)).toMatchObject({ phone: PHONE })
    expect(await bind(two ?? 0, PHONE)).toBe('taken')
    expect(await bind(elsewhere ?? 0, PHONE)).toBe('bound')

    await database.accounts.erase({
      userId: one ?? 0,
      scope: 'account',
      nickName: CLOSED_NAME,
      at: LATER,
    })

    expect(await bind(two ?? 0, PHONE)).toBe('bound')
    expect(await bind(one ?? 0, '86-13900000002')).toBe('refused')
  })

  it('are found by their exact openid, and by no similar one', async () => {
    const { user } = await newUser()
    const { appId, openid } = user
    const find = (name: string) => database.users.findByKey({ appId, openid: name })
    expect((await find(openid))?.id).toBe(user.id)

    const alike = [
      ` ${openid}`,
      `${openid} `,
      `${openid}\0`,
      openid.toUpperCase(),
      `${openid}\u00a0`,
    ]
    for (const name of [...alike, '', '😀', '\ud800', `o${'x'.repeat(70_000)}`]) {
      expect(await find(name)).toBeNull()
    }
    expect(await database.users.findByKey({ appId: OTHER_APP, openid })).toBeNull()
  })

  it('never share a phone number: of many that bind it at the same time, one gets it', async () => {
    const users = await Promise.all(Array.from({ length: 8 }, () => newUser()))
    const outcomes = await Promise.all(users.map(({ user }) => bind(user.id, '86-13900000003')))

    expect(outcomes.filter((outcome) => outcome === 'bound')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['bound', 'taken']))
  })

  it('lose only name and avatar to an erasure of scope avatar, which returns the sessions to refresh', async () => {
    const { user, sessionId } = await newUser()
    await bind(user.id, '86-13900000004')

    const ids = await database.accounts.erase({
      userId: user.id,
      scope: 'avatar',
      nickName: '普通用户1',
      at: LATER,
    })

    expect(ids).toEqual([sessionId])
    expect(await database.sessions.find(sessionId)).toMatchObject({
      session: { endedAt: null },
      user: { nickName: '普通用户1', avatarUrl: '', gender: 2, unionid: 'oUnion' },
    })
    expect(await database.centre.find(user.id)).toMatchObject({ phone: '86-13900000004' })
  })

  it('lose profile and sessions to an erasure of scope profile, and stay active', async () => {
    const { user, sessionId } = await newUser()
    await bind(user.id, '86-13900000005')

    const ids = await database.accounts.erase({
      userId: user.id,
      scope: 'profile',
      nickName: '普通用户2',
      at: LATER,
    })

    expect(ids).toEqual([sessionId])
    expect(await database.sessions.find(sessionId)).toMatchObject({
      session: { endedReason: 'revoked' },
      user: { nickName: '普通用户2', avatarUrl: '', gender: 0, status: UserStatus.active },
    })
    expect(await database.sessions.findSealedSessionKey(sessionId)).toBeNull()
    expect(await database.centre.find(user.id)).toMatchObject({ phone: null })
  })

  it('are closed by an erasure of scope account, which can be repeated', async () => {
    const { user, sessionId } = await newUser()
    const account = { userId: user.id, scope: 'account', nickName: CLOSED_NAME } as const

    expect(await database.accounts.erase({ ...account, at: LATER })).toEqual([sessionId])
    expect(await database.accounts.erase({ ...account, at: later(120_000) })).toEqual([])

    expect(await database.users.find(user.id)).toMatchObject({
      status: UserStatus.closed,
      statusReason: null,
      nickName: CLOSED_NAME,
      unionid: null,
      openid: user.openid,
    })
    const again = await database.signIn(aSignIn({ openid: user.openid }))
    expect(again.kind).toBe('refused')
  })

  it('are read without the code and the note of the operator', async () => {
    const { user, sessionId } = await newUser()
    const reason = { code: 'security', text: '账号已停用', note: '工单 4711，疑似盗号' } as const
    await database.accounts.setStatus(user.id, freezing(reason), NOW)

    const known = [await database.users.find(user.id), await database.sessions.find(sessionId)]
    expect(JSON.stringify(known)).toContain('账号已停用')
    expect(JSON.stringify(known)).not.toMatch(/4711|security/)
  })
})
