import { randomUUID } from 'node:crypto'
import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { openStores } from '../../src/core.ts'
import {
  migrateDatabase,
  planAdoptionOf,
} from '../../src/infra/database/migrations/migrate-database.ts'
import { UserStatus } from '../../src/users/user.ts'
import { EXISTING_TABLE, EXISTING_USERS, insertUsers } from './existing-table.ts'
import { APP_ID, aSignIn } from './fixtures.ts'
import { queryRows } from './query.ts'

describeWithServers(['mariadb'], 'Adopting an existing wx_user', () => {
  let server: MariaDb
  beforeAll(async () => {
    server = await startMariaDb()
  }, 60_000)
  afterAll(() => server.stop())

  const existingDatabase = async (users: string[]) => {
    const url = await server.createDatabase()
    await queryRows({ url }, EXISTING_TABLE)
    await queryRows({ url }, insertUsers(users))
    return { url, dump: () => queryRows({ url }, 'SELECT * FROM wx_user ORDER BY id') }
  }
  const adopt = { appId: APP_ID }

  it('changes nothing without the appid of its users', async () => {
    const { url, dump } = await existingDatabase(EXISTING_USERS)
    const before = await dump()

    await expect(migrateDatabase({ url })).rejects.toThrow(/wx_user that was not made.*adopt/s)

    expect(await dump()).toEqual(before)
    expect(await queryRows({ url }, 'SHOW TABLES')).toHaveLength(1)
  }, 30_000)

  it('keeps ids, names, emoji and passwords, and converts times to UTC', async () => {
    const { url, dump } = await existingDatabase(EXISTING_USERS)

    expect(await migrateDatabase({ url, adopt })).not.toEqual([])
    expect(await migrateDatabase({ url })).toEqual([])

    const [alice, bob, carol] = await dump()
    expect(alice).toMatchObject({
      id: 7,
      username: 'alice',
      password: 'secret',
      nickname: '小红😀👨‍👩‍👧𠮷',
      appid: APP_ID,
      weixin_openid: 'oAbC',
      public_id: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      add_time: '2023-05-05 23:00:00.000',
      last_login_time: '2024-01-02 00:00:00.000',
    })
    expect(bob).toMatchObject({
      id: 9,
      weixin_openid: 'oabc',
      status: UserStatus.frozen,
      deleted: 0,
    })
    expect(carol).toMatchObject({ id: 30, status: UserStatus.closed, deleted: 1 })
    expect(new Set([alice, bob, carol].map((row) => row?.public_id)).size).toBe(3)
  }, 30_000)

  it('lets existing users sign in to their own rows, and adds rows for new users', async () => {
    const { url } = await existingDatabase(EXISTING_USERS)
    await migrateDatabase({ url, adopt })
    const database = await openStores({ url })
    onTestFinished(() => database.close())
    const signIn = (openid: string) => database.signIn(aSignIn({ openid }))

    expect(await signIn('oAbC')).toMatchObject({ created: false, user: { id: 7, gender: 1 } })
    expect(await signIn('oabc')).toMatchObject({
      kind: 'refused',
      user: { id: 9, status: UserStatus.frozen },
    })
    expect(await signIn('oCarol')).toMatchObject({
      kind: 'refused',
      user: { id: 30, status: UserStatus.closed },
    })
    expect(await signIn('oABC')).toMatchObject({ created: true, user: { id: 31 } })
  }, 30_000)

  it('results in the schema of a first migration, plus the columns that only the old table has', async () => {
    const adopted = await existingDatabase(EXISTING_USERS)
    await migrateDatabase({ url: adopted.url, adopt })
    const fresh = await server.createDatabase()
    await migrateDatabase({ url: fresh })
    const shape = async (url: string) => [
      await queryRows(
        { url },
        `SELECT column_name, column_type, is_nullable, column_default, collation_name, extra
         FROM information_schema.columns WHERE table_schema = DATABASE()
           AND table_name <> '_prisma_migrations' AND column_name <> 'password'
         ORDER BY table_name, column_name`,
      ),
      await queryRows(
        { url },
        `SELECT table_name, index_name, column_name, non_unique FROM information_schema.statistics
         WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`,
      ),
      await queryRows(
        { url },
        `SELECT constraint_name, check_clause FROM information_schema.check_constraints
         WHERE constraint_schema = DATABASE() ORDER BY constraint_name`,
      ),
    ]

    expect(await shape(adopted.url)).toEqual(await shape(fresh))
  }, 30_000)

  it('is planned with the same problems, and changes nothing', async () => {
    const twin = `(31, 'twin', '', 0, NULL, NULL, 'twin', 'oAbC', 0, NULL, 0)`
    const { url, dump } = await existingDatabase([...EXISTING_USERS, twin])
    const before = await dump()

    expect(await planAdoptionOf(url, adopt)).toMatchObject({
      users: { all: 4, active: 2, frozen: 1, closed: 1 },
      otherColumns: ['password'],
      problems: [expect.stringContaining('7 = 31')],
    })
    expect(await dump()).toEqual(before)
  })

  it('lists the rows whose openid is shared, missing or impossible, and changes nothing', async () => {
    const { url, dump } = await existingDatabase([
      ...EXISTING_USERS,
      `(31, 'd1', '', 0, NULL, NULL, '', 'oCarol', 0, NULL, 0)`,
      `(32, 'd2', '', 0, NULL, NULL, '', '', 0, NULL, 0)`,
      `(33, 'd3', '', 0, NULL, NULL, '', '', 0, NULL, 0)`,
      `(34, 'd4', '', 0, NULL, NULL, '', 'oCarol ', 0, NULL, 0)`,
      `(35, 'd5', '', 0, NULL, NULL, '', 'oÀ', 0, NULL, 0)`,
    ])
    const before = await dump()

    const refusal = await migrateDatabase({ url, adopt }).catch((error: Error) => error.message)

    expect(refusal).toContain('1 openids belong to several rows: 30 = 31')
    expect(refusal).toContain('2 rows have no openid: 32, 33')
    expect(refusal).toContain('2 rows have an openid that WeChat cannot have given: 34, 35')
    expect(await dump()).toEqual(before)
  }, 30_000)

  it('refuses a table that lacks a column, or whose extra columns have no default', async () => {
    const { url } = await existingDatabase(EXISTING_USERS)
    await queryRows({ url }, `ALTER TABLE wx_user ADD COLUMN dept INT NOT NULL`)
    await expect(migrateDatabase({ url, adopt })).rejects.toThrow('its column dept needs a default')

    await queryRows({ url }, `ALTER TABLE wx_user DROP COLUMN dept, DROP COLUMN avatar`)
    await expect(migrateDatabase({ url, adopt })).rejects.toThrow('it lacks the columns avatar')
  }, 30_000)

  it('continues after an interruption between two of its statements', async () => {
    const { url, dump } = await existingDatabase(EXISTING_USERS)
    const addedByFirstStatement = `
      ALTER TABLE wx_user ADD COLUMN public_id CHAR(36) NULL, ADD COLUMN appid VARCHAR(64) NULL,
        ADD COLUMN unionid VARCHAR(64) NULL, ADD COLUMN status_reason VARCHAR(255) NULL`
    await queryRows({ url }, addedByFirstStatement)
    const publicId = randomUUID()
    await queryRows(
      { url },
      `UPDATE wx_user SET public_id = '${publicId}', appid = '${APP_ID}', user_level = 0, deleted = 0,
         add_time = '2026-11-21 23:30:00', update_time = add_time, last_login_time = add_time
       WHERE id = 9`,
    )

    await migrateDatabase({ url, adopt })

    const [alice, bob] = await dump()
    expect(alice).toMatchObject({ add_time: '2023-05-05 23:00:00.000', appid: APP_ID })
    expect(bob).toMatchObject({ public_id: publicId, add_time: '2026-11-21 23:30:00.000' })
  }, 30_000)
})
