import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLOSED_NAME } from '../../src/account/erasure.ts'
import { freezing, unfreezing } from '../../src/account/status-change.ts'
import type { Stores } from '../../src/core.ts'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { UserStatus } from '../../src/users/user.ts'
import { describeOnEachEngine } from './engines.ts'
import { aSignIn, later } from './fixtures.ts'
import { queryRows } from './query.ts'

const { active, frozen, closed } = UserStatus
type User = { id: number; sessionId: string }

const ENDED = "ended_at = '2026-11-22 00:00:00', ended_reason = 'logout'"

describeOnEachEngine('The database', (engine) => {
  let options: DatabaseOptions
  let database: Stores
  beforeAll(async () => {
    options = await engine.create()
    await migrateDatabase(options)
    database = await openStores(options)
  })
  afterAll(() => database.close())

  const newUser = async (): Promise<User> => {
    const request = aSignIn()
    const { user } = await database.signIn(request)
    return { id: user.id, sessionId: request.session.id }
  }
  const setUser = async (fields: string) => {
    const { id } = await newUser()
    await queryRows(options, `UPDATE wx_user SET ${fields} WHERE id = ${id}`)
  }
  const setSession = async (fields: string) => {
    const { sessionId } = await newUser()
    await queryRows(options, `UPDATE wx_session SET ${fields} WHERE id = '${sessionId}'`)
  }

  it.each([
    "appid = ''",
    "weixin_openid = ''",
    'gender = 3',
    'gender = -1',
    'status = 3',
    'status = -1',
    // Changing SQLite's table to say this, too, would mean to copy it.
    ...(engine.kind === 'mysql' ? ["bound_phone = '86-13900000001'"] : []),
  ])('refuses a user with %s, whoever writes it', async (fields) => {
    await expect(setUser(fields)).rejects.toThrow(/constraint/i)
  })

  it.each([
    "ended_at = '2026-11-22 00:00:00', sealed_session_key = NULL",
    "ended_reason = 'logout'",
    `${ENDED}, sealed_session_key = 'k1.sealed'`,
    'user_id = 2000000000',
  ])('refuses a session with %s, whoever writes it', async (fields) => {
    await expect(setSession(fields)).rejects.toThrow(/constraint/i)
  })

  const ORG = `INSERT INTO org (public_id, appid, name, created_at) VALUES
    ('o', 'wx0a0a0a0a0a0a0a0a', '青禾科技', '2026-11-30 00:00:00')`
  const addMember = async (fields: Record<string, string>) => {
    const columns = {
      public_id: `'${crypto.randomUUID()}'`,
      org_id: '1',
      name: "'李明'",
      ...fields,
    }
    await queryRows(
      options,
      `INSERT INTO org_member (${Object.keys(columns).join()}) VALUES (${Object.values(columns).join()})`,
    )
  }

  it('refuses members who are in no state, in no company, or nobody, whoever writes them', async () => {
    await queryRows(options, ORG)
    const { id } = await newUser()
    const user_id = String(id)
    await addMember({ status: '2', user_id })
    await addMember({ status: '0' })
    const wrong: Record<string, string>[] = [
      { status: '6', user_id },
      { status: '0', role: '4' },
      { status: '2' },
      { status: '2', user_id },
      { status: '2', user_id, org_id: '2' },
      { status: '0', phone_hash: "'x'" },
    ]
    for (const fields of wrong)
      await expect(addMember(fields)).rejects.toThrow(/constraint|duplicate/i)
    const invitation = `INSERT INTO org_invitation
      (public_id, org_id, token_hash, needs_approval, max_uses, uses, expires_at, created_at)
      VALUES ('i', 1, 'h', 1, 1, 2, '2026-11-30 00:00:00', '2026-11-30 00:00:00')`
    await expect(queryRows(options, invitation)).rejects.toThrow(/constraint/i)
  })

  it('accepts the limits of what it checks', async () => {
    await setUser('gender = 2, status = 2')
    await setUser('gender = 0, status = 0')
    await setSession(`${ENDED}, sealed_session_key = NULL`)
  })

  const readStatus = async (id: number) => (await database.users.find(id))?.status
  const CHANGES = {
    freeze: ({ id }, at) => database.accounts.setStatus(id, freezing(), at),
    unfreeze: ({ id }, at) => database.accounts.setStatus(id, unfreezing(), at),
    close: ({ id, sessionId }, at) => database.accounts.close({ userId: id, sessionId, at }),
    erase: ({ id }, at) =>
      database.accounts.erase({ userId: id, scope: 'account', nickName: CLOSED_NAME, at }),
  } satisfies Record<string, (user: User, at: Date) => Promise<unknown>>
  type Change = keyof typeof CHANGES
  const WAYS: Record<number, Change[]> = { [active]: [], [frozen]: ['freeze'], [closed]: ['close'] }

  it.each<[from: UserStatus, change: Change, to: UserStatus, ended: number | null]>([
    [active, 'freeze', frozen, 1],
    [active, 'unfreeze', active, 0],
    [active, 'close', closed, 1],
    [active, 'erase', closed, 1],
    [frozen, 'freeze', frozen, 0],
    [frozen, 'unfreeze', active, 0],
    [frozen, 'close', frozen, null],
    [frozen, 'erase', closed, 0],
    [closed, 'freeze', closed, null],
    [closed, 'unfreeze', closed, null],
    [closed, 'close', closed, null],
    [closed, 'erase', closed, 0],
  ])('changes status %i by %s to %i, and ends %o sessions', async (from, change, to, ended) => {
    const user = await newUser()
    for (const way of WAYS[from] ?? []) await CHANGES[way](user, later(1_000))
    expect(await readStatus(user.id)).toBe(from)

    const ids = await CHANGES[change](user, later(2_000))

    expect(await readStatus(user.id)).toBe(to)
    expect(ids === null ? null : ids.length).toBe(ended)
    const live = await database.sessions.listLive(user.id, later(3_000))
    expect(live).toHaveLength(from === active && to === active ? 1 : 0)
  })
})
