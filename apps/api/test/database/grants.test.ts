import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { inHours, meetingTools } from '../support/meetings.ts'
import { orgTools } from '../support/org.ts'
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
  message_consent: 'SELECT, INSERT, UPDATE, DELETE',
  agreement: 'SELECT, INSERT, UPDATE, DELETE',
  consent_push: 'SELECT, INSERT, DELETE',
  new_device: 'SELECT, INSERT, UPDATE, DELETE',
  org: 'SELECT, INSERT, UPDATE',
  department: 'SELECT, INSERT, UPDATE, DELETE',
  org_member: 'SELECT, INSERT, UPDATE, DELETE',
  org_invitation: 'SELECT, INSERT, UPDATE',
  room: 'SELECT, INSERT, UPDATE',
  room_slot: 'SELECT, INSERT, DELETE',
  meeting: 'SELECT, INSERT, UPDATE, DELETE',
  meeting_participant: 'SELECT, INSERT, UPDATE, DELETE',
  vote: 'SELECT, INSERT, UPDATE, DELETE',
  vote_option: 'SELECT, INSERT, DELETE',
  vote_elector: 'SELECT, INSERT, UPDATE, DELETE',
  vote_choice: 'SELECT, INSERT, DELETE',
  vote_ballot: 'SELECT, INSERT, DELETE',
  meeting_screen: 'SELECT, INSERT, UPDATE, DELETE',
  notice: 'SELECT, INSERT, UPDATE, DELETE',
  outbox: 'SELECT, INSERT, UPDATE, DELETE',
  audit_event: 'SELECT, INSERT',
  operator_audit: 'SELECT, INSERT',
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
    const agreed = { agreement: '2026-11-30' }
    await api.signIn('limited', agreed)
    const other = await api.signIn('limited', agreed)
    expect(await api.logoutAll(other.token)).toMatchObject({ errno: 0 })
    const name = { appId: TEST_APP.appid, openid: await openidOf(api, 'limited') }
    await api.accounts.freeze(name)
    await api.accounts.unfreeze(name)
    const last = await api.signIn('limited')
    const profiles = profileTools(api)
    const { version } = (await profiles.read(last.token)).data
    expect(await profiles.edit(last.token, { version, gender: 1 })).toMatchObject({ errno: 0 })
    expect(await profiles.upload(last.token, await aJpeg())).toMatchObject({ errno: 0 })
    const openid = name.openid
    const consent = { kind: 'message_consent', appId: TEST_APP.appid, openid } as const
    await api.consents.onPush({ ...consent, id: 'a'.repeat(43), accepted: ['template'] })
    await api.consents.onPush({ ...consent, id: 'b'.repeat(43), reported: ['template'] })
    await api.consents.onPush({ ...consent, id: 'c'.repeat(43), refused: ['template'] })
    await api.newDevices.removeOld(10)
    await api.consents.forgetPushes(10)
    const own = callsOf(api)
    expect((await own.ask(last.token)).data.events).toHaveLength(8)
    expect(await own.close(last.token)).toMatchObject({ errno: 0 })
    await api.signIn('limited')
    const event = { Event: 'user_authorization_cancellation', AppID: TEST_APP.appid }
    expect(await pushByHand(api, { ...event, OpenID: name.openid })).toBe(200)

    const rows = await queryRows({ url: root }, 'SELECT kind FROM login_event ORDER BY id')
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...['login', 'phone_bound', 'login', 'login', 'logout_all', 'frozen', 'unfrozen', 'login'],
      ...['exported', 'closed', 'login', 'closed'],
    ])
    const database = await openStores({ url })
    expect(await database.sessions.removeExpired(new Date(Date.now() + 1e10), 10)).toBe(5)
    await database.close()
  })

  it('founds a company, takes people in, imports a roster and lets them go', async () => {
    const org = orgTools(api)
    const { owner, orgId } = await org.newOrg()
    const departmentId = (await org.addDepartment(owner.token, '研发部')).data.id
    const guarded = (await org.invite(owner.token, { needsApproval: true, departmentId })).data
    const { token } = await org.newPerson()
    const { memberId } = (await org.join(token, guarded.invitation)).data
    const accepted = { version: 1, accept: true }
    expect(await org.decide(owner.token, memberId, accepted)).toMatchObject({ errno: 0 })
    const roster = await org.writeRoster(['王芳,13700000001,财务部,'])
    const imported = await org.cli('member', 'import', '--org', orgId, '--csv', roster)
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    const path = `/wx/admin/departments/${departmentId}`
    const removed = await api.call(path, { method: 'DELETE', token: owner.token })
    expect(removed).toMatchObject({ errno: 0 })
    expect(await org.revoke(owner.token, guarded.id)).toMatchObject({ errno: 0 })
    expect(await callsOf(api).close(token)).toMatchObject({ errno: 0 })
    expect(await org.cli('org', 'close', '--org', orgId, '--yes')).toMatchObject({ code: 0 })
    for (const tampering of [
      "UPDATE operator_audit SET operator = 'nobody'",
      'DELETE FROM operator_audit',
    ]) {
      await expect(queryRows({ url }, tampering)).rejects.toThrow(/denied/)
    }
    expect(await org.cli('audit', 'verify')).toMatchObject({ code: 0 })
  })

  it('calls meetings in rooms, moves them, and throws drafts away', async () => {
    const tools = meetingTools(api)
    const { owner, people } = await tools.newTeam('甲')
    const room = (await tools.addRoom(owner)).data
    const span = { startsAt: inHours(24), endsAt: inHours(25) }
    const participantIds = [people.甲.memberId]
    const id = await tools.announce(owner, { ...span, roomId: room.id, participantIds })
    await tools.reply(people.甲.token, id, { sequence: 0, reply: 'yes' })
    const moved = { version: 2, startsAt: inHours(24.5) }
    expect(await tools.update(owner, id, moved)).toMatchObject({ errno: 0 })
    expect(await tools.act(owner, id, 'cancel', { reason: '改期' })).toMatchObject({ errno: 0 })
    const draft = (await tools.create(owner)).data
    expect(await tools.act(owner, draft.id, 'delete')).toMatchObject({ errno: 0 })
    expect(await tools.read(owner, draft.id)).toMatchObject({ errno: 708 })
    expect(await callsOf(api).close(people.甲.token)).toMatchObject({ errno: 0 })
  })

  it.each([
    "UPDATE login_event SET outcome = 'ok'",
    'DELETE FROM login_event',
    'TRUNCATE login_event',
    'DROP TABLE login_event',
    'DELETE FROM wx_user',
    'SELECT * FROM login_event',
    "UPDATE audit_event SET kind = 'left'",
    'DELETE FROM audit_event',
    'DELETE FROM org',
    'DELETE FROM org_invitation',
    'DELETE FROM room',
  ])('is denied %s', async (statement) => {
    await expect(queryRows({ url }, statement)).rejects.toThrow(/denied/)
  })
})
