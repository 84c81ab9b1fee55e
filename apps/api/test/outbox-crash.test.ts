import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Config } from '../src/config/load-config.ts'
import { loadConfig } from '../src/config/load-config.ts'
import { migrateDatabase } from '../src/infra/database/migrations/migrate-database.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { consentTools } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { inHours, meetingCalls } from './support/meetings.ts'
import { addSilentMembers, MESSAGE_TEMPLATES, MESSAGES } from './support/messages.ts'
import { foundOrg, orgCalls } from './support/org.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { startApiProcess } from './support/start-api-process.ts'
import { codeFrom, startTestSimulator, TEST_APP, testEnv } from './support/start-test-api.ts'

/** The long form: `CRASH_ROUNDS=100 pnpm test --project api outbox-crash`. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 4)
const INVITED = MESSAGES.invited.id
/** As many as one client may report. */
const CONSENTS = 20
/** More than the request itself writes the inboxes of. */
const SILENT_MEMBERS = 520

type Member = { person: string; token: string; memberId: string }

describeOnEachEngine('A process that is killed again and again', (engine) => {
  let folder: string
  let simulator: Simulator
  let env: NodeJS.ProcessEnv
  let config: Config
  let node: ApiProcess
  let owner: string
  let orgId: string
  const members: Member[] = []

  const rows = (statement: string) => queryRows(config.database, statement)
  const signIn = async (person: string) => {
    const answer = await node.login({ code: await codeFrom(simulator, person) })
    if (answer.errno !== 0) throw new Error(`${person} could not sign in: ${answer.text}`)
    return answer.data.token
  }
  const enter = async (invitation: string, name: string): Promise<Member> => {
    const person = `crash-${randomUUID().slice(0, 8)}`
    const token = await signIn(person)
    const { memberId } = (await orgCalls(node).join(token, invitation, name)).data
    const tools = consentTools({ call: node.call, simulator })
    for (let time = 0; time < CONSENTS; time += 1) {
      await tools.ask(person, [INVITED])
      await tools.report(token, [INVITED])
    }
    return { person, token, memberId }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-crash-'))
    simulator = await startTestSimulator()
    const { fields } = MESSAGES.invited
    const template = { appid: TEST_APP.appid, templateId: INVITED, fields: Object.values(fields) }
    await simulator.control.addTemplate(template)
    const { url } = await engine.create()
    env = {
      ...testEnv(simulator, folder),
      ...(url === undefined ? {} : { DATABASE_URL: url }),
      LOG_LEVEL: 'info',
      WX_TEMPLATES: MESSAGE_TEMPLATES,
    }
    config = loadConfig(env)
    await migrateDatabase(config.database)
    node = await startApiProcess(env)
    owner = await signIn('crash-owner')
    const people = await simulator.control.people()
    const openid = people.find(({ name }) => name === 'crash-owner')?.apps[TEST_APP.appid]?.openid
    orgId = await foundOrg({ config }, openid ?? '', '常崩公司')
    const { invitation } = (await orgCalls(node).invite(owner)).data
    for (const name of ['甲', '乙']) members.push(await enter(invitation, name))
    await addSilentMembers(config.database, orgId, SILENT_MEMBERS)
  }, 120_000)
  afterAll(async () => {
    node.kill('SIGKILL')
    await node.finished
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Writes until the process is gone; keeps what was acknowledged. */
  const writeUntilKilled = async (meetings: string[], notices: string[]) => {
    for (;;) {
      try {
        const calls = meetingCalls(node)
        const participantIds = members.map(({ memberId }) => memberId)
        const span = { startsAt: inHours(24), endsAt: inHours(25) }
        const made = await calls.create(owner, { ...span, participantIds })
        const { id, version } = made.data
        const sent = await calls.act(owner, id, 'submit', { version })
        if (sent.errno === 0) meetings.push(id)
        const requestId = randomUUID()
        const body = { orgId, requestId, text: '停电' }
        const told = await node.call('/wx/admin/notices', { method: 'POST', token: owner, body })
        if (told.errno === 0) notices.push(requestId)
      } catch {
        return
      }
    }
  }

  it('tells everybody of every acknowledged event, once', async () => {
    const meetings: string[] = []
    const notices: string[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const writing = Promise.all([1, 2].map(() => writeUntilKilled(meetings, notices)))
      const before = meetings.length
      // Somewhere in the middle of it, once something was acknowledged.
      await untilItHolds(() => expect(meetings.length).toBeGreaterThan(before))
      // A company may send twenty an hour, so that the long form has some of them.
      if (round === 0) await untilItHolds(() => expect(notices).not.toEqual([]))
      await sleep(randomInt(150))
      node.kill('SIGKILL')
      await Promise.all([node.finished, writing])
      // What a dead process has claimed is free after half a minute; as if that had passed.
      await rows('UPDATE outbox SET claimed_until = created_at WHERE claimed_until IS NOT NULL')
      node = await startApiProcess(env)
    }
    await untilItHolds(async () =>
      expect(await rows('SELECT id FROM outbox WHERE state IN (0, 3)')).toEqual([]),
    )

    expect(meetings.length).toBeGreaterThanOrEqual(ROUNDS)
    const messages = await simulator.control.messages()
    for (const id of meetings) {
      const about = `meeting_id = (SELECT id FROM meeting WHERE public_id = '${id}')`
      const lines = await rows(`SELECT member_id FROM notice WHERE ${about}`)
      expect(new Set(lines.map(({ member_id }) => member_id)).size).toBe(members.length)
      expect(lines).toHaveLength(members.length)
      const ended = await rows(`SELECT result FROM outbox WHERE ${about} AND topic = 'message'`)
      expect(ended).toHaveLength(members.length)
      const results = ended.map(({ result }) => String(result))
      const count = (wanted: string) => results.filter((result) => result === wanted).length
      const page = `pages/meeting/detail/detail?id=${id}`
      const arrived = messages.filter(({ content }) => content.page === page)
      // Nobody got two, and who is said to have got one has.
      expect(new Set(arrived.map(({ person }) => person)).size).toBe(arrived.length)
      expect(arrived.length).toBeGreaterThanOrEqual(count('sent'))
      expect(arrived.length).toBeLessThanOrEqual(count('sent') + count('unknown'))
    }
    const reach = SILENT_MEMBERS + members.length + 1
    for (const requestId of notices) {
      const [row] = await rows(
        `SELECT COUNT(*) AS count, COUNT(DISTINCT member_id) AS people FROM notice
         WHERE once_key LIKE '${requestId}:%'`,
      )
      expect([Number(row?.count), Number(row?.people)]).toEqual([reach, reach])
    }
    expect(notices.length).toBeGreaterThan(0)
  }, 600_000)
})
