import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXISTING_TABLE, EXISTING_USERS, insertUsers } from './database/existing-table.ts'
import { queryRows } from './database/query.ts'
import { sharedMariaDb } from './database/shared-mariadb.ts'
import { eventually } from './support/eventually.ts'
import { ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import { runCommand } from './support/run-command.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

describe('the command line', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-cli-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const run = (...args: string[]) => runCommand({ DATA_DIR: folder }, args)

  it.each([
    ['migrate --adopt wx1b2c3d4e5f607182', 'is for MySQL'],
    ['migrate --utc-offset +08:00', 'goes with --adopt'],
    ['migrate --dry-run', 'goes with --adopt'],
    ['migrate --openid oA', '--openid does not belong here'],
    ['migrate --adept x', "Unknown option '--adept'"],
    ['user unfreeze --openid oA --note x', '--note does not belong here'],
    ['user freeze --openid oA --code whim', '--code is not one of violation, security'],
    ['user freeze --openid oA --reason \u202e\u5df2\u505c\u7528', '--reason must be words'],
    ['user freeze --openid oA --reason \u3000', '--reason must be words'],
    ['user reset-key', '--openid is missing'],
    ['user reset-key --openid oA --note x', '--note does not belong here'],
    ['events prune', '--older-than-days must be 184 or more'],
    ['events prune --older-than-days 183', '--older-than-days must be 184 or more'],
    ['events prune --older-than-days 1e9', '--older-than-days must be 184 or more'],
    ['events prune --openid oA', '--openid does not belong here'],
    [`user freeze --openid oA --note ${'长'.repeat(256)}`, '--note is longer than 255'],
  ])('refuses "%s" and says why', async (line, expected) => {
    const { code, stderr, stdout } = await run(...line.split(' '))
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(expected)])
  })

  it('freezes a user for a public reason, and does not show the note', async () => {
    const api = await startTestApi()
    const { token } = await api.signIn('frozen')
    const openid = await openidOf(api, 'frozen')
    const env = { DATA_DIR: api.folder, WX_APPID: TEST_APP.appid, WX_SECRET: TEST_APP.secret }
    const words = [
      'user',
      'freeze',
      '--openid',
      openid,
      '--code',
      'security',
      '--note',
      '工单 42',
      '--yes',
    ]

    expect(await runCommand(env, words)).toMatchObject({ code: 0, stderr: '' })

    const refused = await api.login({ code: await api.codeOf('frozen') })
    expect(refused).toMatchObject({ errno: 704, errmsg: '账号存在安全风险，已停用' })
    expect(refused.text).not.toContain('42')
    await expect.poll(async () => (await api.info(token)).errno, { timeout: 10_000 }).toBe(704)
    await api.close()
  })

  it('has WeChat replace a session_key, keeps the new one, and signs nobody out', async () => {
    const api = await startTestApi()
    const phones = phoneTools(api)
    const token = await phones.signInWithPhone('leaked', '13612345678')
    const elsewhere = (await api.signIn('leaked')).token
    const openid = await openidOf(api, 'leaked')
    const reset = (...words: string[]) => runCommand(api.env, ['user', 'reset-key', ...words])
    const before = await phones.tap('leaked')

    expect(await reset('--openid', openid)).toMatchObject({ code: 0, stderr: '' })

    const { encryptedData, iv } = before
    expect(await phones.bind(token, { encryptedData, iv })).toMatchObject({ errno: 718 })
    for (const one of [token, elsewhere]) {
      const fresh = await phones.tap('leaked')
      const data = { encryptedData: fresh.encryptedData, iv: fresh.iv }
      expect(await phones.bind(one, data)).toMatchObject({ errno: 0 })
    }
    expect(await reset('--openid', 'oNobody')).toMatchObject({ code: 3 })
    await api.simulator.control.endSession({ appid: TEST_APP.appid, person: 'leaked' })
    const refused = await reset('--openid', openid)
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('accepts no key')])
    await api.close()
  })

  it('removes the login events that are older than the given days, and no others; the server does so itself when it is told', async () => {
    const api = await startTestApi()
    await api.signIn('remembered')
    const { withDatabase, rows } = ownDataTools(api)
    withDatabase((database) => {
      const insert = database.prepare(
        `INSERT INTO login_event (at, kind, outcome, appid, ip, user_agent, request_id)
         VALUES (?, 'login', 'ok', 'wx', '', '', '')`,
      )
      for (let event = 0; event < 1_100; event += 1) {
        const days = event < 1_050 ? 201 : 199
        const at = new Date(Date.now() - days * 86_400_000)
        insert.run(at.toISOString().replace('Z', '+00:00'))
      }
    })
    const env = { DATA_DIR: api.folder, WX_APPID: TEST_APP.appid, WX_SECRET: TEST_APP.secret }

    const done = await runCommand(env, ['events', 'prune', '--older-than-days', '200', '--yes'])

    expect(done).toEqual({ code: 0, stderr: '', stdout: 'Removed: 1050 event(s).\n' })
    const kept = () => rows('SELECT COUNT(*) AS kept FROM login_event')
    expect(kept()).toEqual([{ kept: 51 }])

    const sweeping = { ...api.env, EVENT_KEEP_DAYS: '190' }
    const sweeper = await startTestApi({ env: sweeping, simulator: api.simulator })
    await eventually(async () => kept()).toEqual([{ kept: 1 }])
    await sweeper.close()
    await api.close()
  })
})

describeWithServers(['mariadb'], 'the command line on MariaDB', () => {
  it('says what it would adopt, adopts the table of an older system, and converts its times from the given zone', async () => {
    const url = await (await sharedMariaDb()).createDatabase()
    await queryRows({ url }, EXISTING_TABLE)
    await queryRows({ url }, insertUsers(EXISTING_USERS))
    const command = (env: NodeJS.ProcessEnv, ...args: string[]) =>
      runCommand({ DATABASE_URL: url, DATA_DIR: tmpdir(), ...env }, ['migrate', ...args])
    const run = (...args: string[]) => command({}, ...args)
    const before = await queryRows({ url }, 'SELECT * FROM wx_user')
    const tried = await run('--adopt', TEST_APP.appid, '--dry-run')
    const another = { WX_APPID: 'wx0123456789abcdef', WX_SECRET: TEST_APP.secret }
    const ofAnother = await command(another, '--adopt', TEST_APP.appid, '--yes')
    expect(tried).toMatchObject({ code: 0, stderr: '' })
    expect(tried.stdout).toContain('wx_user has 3 user(s): 1 active, 1 frozen, 1 closed.')
    expect(tried.stdout).toContain('2024-01-02 08:00:00, is taken for 2024-01-02 00:00:00')
    expect(tried.stdout).toMatch(/Columns that are added: .*public_id/)
    expect(ofAnother).toMatchObject({ code: 2, stderr: expect.stringContaining('this API serves') })
    expect(await queryRows({ url }, 'SELECT * FROM wx_user')).toEqual(before)

    const withoutAppId = await run()
    const misspelled = await run('--adopt', 'wechat')
    const adopted = await run(
      '--adopt',
      TEST_APP.appid,
      '--utc-offset',
      '+09:00',
      '--retry-failed',
      '--yes',
    )

    expect([withoutAppId.code, withoutAppId.stderr]).toEqual([
      1,
      expect.stringContaining('wx_user'),
    ])
    expect(misspelled.stderr).toContain('--adopt needs the appid')
    expect(adopted).toMatchObject({ code: 0, stderr: '' })
    expect(adopted.stdout).toContain('wx_user has 3 user(s)')
    expect(adopted.stdout).toContain('Applied: ')
    const again = await run('--adopt', TEST_APP.appid, '--dry-run')
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to adopt') })
    const [alice] = await queryRows(
      { url },
      `SELECT appid, CAST(last_login_time AS CHAR) AS at, bound_phone FROM wx_user WHERE id = 7`,
    )
    expect(alice).toEqual({
      appid: TEST_APP.appid,
      bound_phone: null,
      at: expect.stringContaining('2024-01-01 23:00:00'),
    })
  })
})
