import { randomUUID } from 'node:crypto'
import type { CreateMeetingRequest } from '@oa/contracts'
import { expect } from 'vitest'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { queryRows } from '../database/query.ts'
import { consentTools } from './consents.ts'
import { untilItHolds } from './eventually.ts'
import { meetingTools } from './meetings.ts'
import type { TestApi } from './start-test-api.ts'
import { TEST_APP } from './start-test-api.ts'

const MEETING = { title: 'thing1', time: 'time2', place: 'thing3' }

/** A template for each kind of message about a company. */
export const MESSAGES = {
  invited: { id: 'm-invited', fields: MEETING },
  changed: { id: 'm-changed', fields: MEETING },
  starting: { id: 'm-starting', fields: MEETING },
  cancelled: { id: 'm-cancelled', fields: { title: 'thing1', time: 'time2', reason: 'thing3' } },
  approval: { id: 'm-approval', fields: { title: 'thing1', time: 'time2', applicant: 'thing3' } },
  result: { id: 'm-result', fields: { title: 'thing1', time: 'time2', result: 'thing3' } },
  vote: { id: 'm-vote', fields: { title: 'thing1', time: 'time2' } },
} as const
export type MessageName = keyof typeof MESSAGES
export const MESSAGE_TEMPLATES = JSON.stringify(MESSAGES)

/** Adds members whose users never come: only their inboxes matter. */
export const addSilentMembers = async (
  database: DatabaseOptions,
  orgId: string,
  count: number,
): Promise<void> => {
  const tag = randomUUID().slice(0, 8)
  const at = database.url === undefined ? '2026-01-01T00:00:00.000+00:00' : '2026-01-01'
  const users = Array.from({ length: count }, (_, index) => {
    const id = randomUUID()
    return `('${id}', '${TEST_APP.appid}', 'silent-${tag}-${index}', '${id}', '人', '${at}', '${at}', '${at}')`
  })
  await queryRows(
    database,
    `INSERT INTO wx_user (public_id, appid, weixin_openid, username, nickname, add_time, update_time,
      last_login_time) VALUES ${users.join(', ')}`,
  )
  await queryRows(
    database,
    `INSERT INTO org_member (public_id, org_id, user_id, status, name)
      SELECT u.public_id, o.id, u.id, 2, '人' FROM wx_user u, org o
      WHERE o.public_id = '${orgId}' AND u.weixin_openid LIKE 'silent-${tag}-%'`,
  )
}

/** Companies whose members agree to messages, and what WeChat and the outbox know of them. */
export const messageTools = (api: TestApi) => {
  const meetings = meetingTools(api)
  const consents = consentTools(api)
  const rows = (statement: string) => queryRows(api.config.database, statement)

  return {
    ...consents,
    ...meetings,
    rows,
    async addTemplates() {
      for (const { id: templateId, fields } of Object.values(MESSAGES)) {
        const own = { appid: TEST_APP.appid, templateId, fields: Object.values(fields) }
        await api.simulator.control.addTemplate(own)
      }
    },
    /** Agrees to so many messages of a kind. */
    async agree(member: { person: string; token: string }, kind: MessageName, count = 1) {
      const { id } = MESSAGES[kind]
      for (let time = 0; time < count; time += 1) {
        await consents.ask(member.person, [id])
        // WeChat's pushes of one second are alike, and count once.
        await api.simulator.control.advanceClock(1_000)
      }
      await untilItHolds(async () => expect(await consents.left(member.token, id)).toBe(count))
    },
    /** As if so much time had passed for what waits. */
    async elapse(seconds: number) {
      const earlier = (column: string) =>
        'file' in api.config.database
          ? `strftime('%Y-%m-%dT%H:%M:%f+00:00', ${column}, '-${seconds} seconds')`
          : `${column} - INTERVAL ${seconds} SECOND`
      const columns = ['available_at', 'deadline_at']
      const set = columns.map((column) => `${column} = ${earlier(column)}`).join(', ')
      await rows(`UPDATE outbox SET ${set} WHERE state = 0`)
    },
    /** An owner, and that many members who will be invited. */
    async newCompany(count: number) {
      const { owner, orgId, name } = await meetings.newOrg()
      const members = []
      for (let index = 0; index < count; index += 1) {
        members.push(await meetings.newMember(owner.token, `成员${index}`))
      }
      return { owner, orgId, name, members }
    },
    /** A meeting of all of them, announced. */
    announceTo: (
      owner: { token: string },
      members: { memberId: string }[],
      changes: Partial<CreateMeetingRequest> = {},
    ) =>
      meetings.announce(owner.token, {
        participantIds: members.map(({ memberId }) => memberId),
        ...changes,
      }),
    /** The results of a meeting's messages, once none is under way. */
    async resultsOf(meetingId: string): Promise<string[]> {
      const about = `meeting_id = (SELECT id FROM meeting WHERE public_id = '${meetingId}')`
      await untilItHolds(async () => {
        // WeChat's breaker may have opened, and makes messages wait longer than a test would.
        await rows(`UPDATE outbox SET available_at = created_at WHERE ${about} AND state = 0`)
        await api.outbox.runDue()
        const open = await rows(`SELECT id FROM outbox WHERE ${about} AND state IN (0, 3)`)
        expect(open).toEqual([])
      })
      const ended = await rows(
        `SELECT result FROM outbox WHERE ${about} AND topic = 'message' ORDER BY id`,
      )
      return ended.map(({ result }) => String(result))
    },
  }
}
