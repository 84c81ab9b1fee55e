import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { callsOf } from '../support/own-data.ts'
import { phoneTools } from '../support/phone.ts'
import { aJpeg, profileTools } from '../support/pictures.ts'
import { PUSH_TOKEN, pushByHand } from '../support/push.ts'
import type { TestApi } from '../support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from '../support/start-test-api.ts'
import { queryRows } from './query.ts'

/** The grants for the database user of the server in apps/api/README.md. */
const GRANTS = {
  wx_user: 'SELECT, INSERT, UPDATE',
  wx_session: 'SELECT, INSERT, UPDATE, DELETE',
  picture: 'SELECT, INSERT, UPDATE, DELETE',
  content_check: 'SELECT, INSERT, UPDATE, DELETE',
  login_event: 'INSERT, SELECT (id, at, kind, outcome, user_id, ip, user_agent)',
  _prisma_migrations: 'SELECT',
}

describeWithServers(['mariadb'], 'a server with the database grants of the README', () => {
  let mariadb: MariaDb
  let root: string
  let url: string
  let api: TestApi
  beforeAll(async () => {
    mariadb = await startMariaDb()
    root = await mariadb.createDatabase()
    await migrateDatabase({ url: root })
    await queryRows({ url: root }, "CREATE USER api@'127.0.0.1' IDENTIFIED BY 'secret'")
    for (const [table, rights] of Object.entries(GRANTS)) {
      await queryRows({ url: root }, `GRANT ${rights} ON ${table} TO api@'127.0.0.1'`)
    }
    url = root.replace('root@', 'api:secret@')
    const env = { DATABASE_URL: url, WX_PUSH_TOKEN: PUSH_TOKEN }
    api = await startTestApi({ env, migrate: false })
  })
  afterAll(async () => {
    await api.close()
    await mariadb.stop()
  })

  it('signs users in and out, binds, freezes, exports, closes, erases and sweeps', async () => {
    const phones = phoneTools(api)
    const token = await phones.signInWithPhone('limited', '13900000041')
    expect(await phones.bindByCode(token, 'limited')).toMatchObject({ errno: 0 })
    const other = await api.signIn('limited')
    expect(await api.logoutAll(other.token)).toMatchObject({ errno: 0 })
    const name = { appId: TEST_APP.appid, openid: await openidOf(api, 'limited') }
    await api.accounts.freeze(name)
    await api.accounts.unfreeze(name)
    const last = await api.signIn('limited')
    const profiles = profileTools(api)
    const { version } = (await profiles.read(last.token)).data
    expect(await profiles.edit(last.token, { version, gender: 1 })).toMatchObject({ errno: 0 })
    expect(await profiles.upload(last.token, await aJpeg())).toMatchObject({ errno: 0 })
    const own = callsOf(api)
    expect((await own.ask(last.token)).data.events).toHaveLength(7)
    expect(await own.close(last.token)).toMatchObject({ errno: 0 })
    await api.signIn('limited')
    const event = { Event: 'user_authorization_cancellation', AppID: TEST_APP.appid }
    expect(await pushByHand(api, { ...event, OpenID: name.openid })).toBe(200)

    const rows = await queryRows({ url: root }, 'SELECT kind FROM login_event ORDER BY id')
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...['login', 'phone_bound', 'login', 'logout_all', 'frozen', 'unfrozen', 'login'],
      ...['exported', 'closed', 'login', 'closed'],
    ])
    const database = await openStores({ url })
    expect(await database.sessions.removeExpired(new Date(Date.now() + 1e10), 10)).toBe(4)
    await database.close()
  })

  it.each([
    "UPDATE login_event SET outcome = 'ok'",
    'DELETE FROM login_event',
    'TRUNCATE login_event',
    'DROP TABLE login_event',
    'DELETE FROM wx_user',
    'SELECT * FROM login_event',
  ])('is denied %s', async (statement) => {
    await expect(queryRows({ url }, statement)).rejects.toThrow(/denied/)
  })
})
