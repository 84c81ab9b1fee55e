import { randomUUID } from 'node:crypto'
import type { TcpProxy } from '@oa/test-servers/tcp-proxy'
import { startTcpProxy } from '@oa/test-servers/tcp-proxy'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { SEND } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { inHours } from './support/meetings.ts'
import { addSilentMembers, MESSAGE_TEMPLATES, MESSAGES, messageTools } from './support/messages.ts'
import { callsOf } from './support/own-data.ts'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, startTestSimulator } from './support/start-test-api.ts'

const HOUR_S = 3_600
const DAY_S = 24 * HOUR_S

describeOnEachEngine('Messages about meetings', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof messageTools>
  let simulator: Simulator
  /** The way of the API to WeChat; WeChat's pushes come by another. */
  let line: TcpProxy
  beforeAll(async () => {
    const { url } = await engine.create()
    simulator = await startTestSimulator()
    line = await startTcpProxy(Number(new URL(simulator.url).port))
    const env = {
      WX_TEMPLATES: MESSAGE_TEMPLATES,
      WX_PUSH_TOKEN: PUSH_TOKEN,
      WX_API_BASE: `http://127.0.0.1:${line.port}`,
    }
    api = await startTestApi({
      simulator,
      env: url === undefined ? env : { ...env, DATABASE_URL: url },
      expectErrors: [/WeChat refuses a subscribe message/],
    })
    tools = messageTools(api)
    await tools.addTemplates()
    await pushTo(api)
  }, 60_000)
  afterEach(async () => {
    await line.accept()
    await api.simulator.control.clearFaults()
  })
  afterAll(async () => {
    await api.close()
    await line.close()
    await simulator.close()
  })

  /** A company with one member who has agreed to so many invitations. */
  const agreed = async (count: number) => {
    const { owner, members } = await tools.newCompany(1)
    const [member] = members
    if (member === undefined) throw new Error('nobody came')
    await tools.agree(member, 'invited', count)
    return { owner, member, left: () => tools.left(member.token, MESSAGES.invited.id) }
  }
  const countsOf = async (token: string, id: string) =>
    (await tools.read(token, id)).data.details?.messages
  const kindsTo = async (token: string) =>
    (await tools.inbox(token)).data.items.map(({ kind }) => kind)
  const sentTo = async (person: string) =>
    (await tools.messagesTo(person)).map(({ content }) => content.template_id)

  it('are sent to those who have agreed, who spend one consent each', async () => {
    const { owner, members } = await tools.newCompany(3)
    const [first, second, third] = members
    if (!first || !second || !third) throw new Error('nobody came')
    await tools.agree(first, 'invited', 2)
    await tools.agree(second, 'invited')
    const id = await tools.announceTo(owner, members, { title: '周例会', location: '三楼' })

    expect((await tools.resultsOf(id)).sort()).toEqual(['no_consent', 'sent', 'sent'])
    expect(await tools.messagesTo(first.person)).toMatchObject([
      {
        content: {
          template_id: MESSAGES.invited.id,
          page: `pages/meeting/detail/detail?id=${id}`,
          data: { thing1: { value: '周例会' }, thing3: { value: '三楼' } },
        },
      },
    ])
    expect(await tools.left(first.token, MESSAGES.invited.id)).toBe(1)
    expect(await tools.left(second.token, MESSAGES.invited.id)).toBe(0)
    expect(await tools.messagesTo(third.person)).toEqual([])
    expect(await kindsTo(third.token)).toEqual(['invited'])
    // The organisers see what became of them; nobody else does.
    const counts = { sent: 2, noConsent: 1, unknown: 0, waiting: 0, failed: 0 }
    expect(await countsOf(owner.token, id)).toEqual(counts)
    expect(await countsOf(first.token, id)).toBeNull()
    // What is done keeps no words.
    const kept = await tools.rows("SELECT id FROM outbox WHERE state = 1 AND payload <> ''")
    expect(kept).toEqual([])
  })

  it('tell who asked, and who decides, of requests to join', async () => {
    const { owner, members } = await tools.newCompany(1)
    const stranger = await tools.newPerson()
    await tools.agree(owner, 'approval')
    await tools.agree(stranger, 'result', 2)
    const guarded = { needsApproval: true }
    const { invitation } = (await tools.invite(owner.token, guarded)).data
    const { memberId } = (await tools.join(stranger.token, invitation, '王芳')).data

    await untilItHolds(async () =>
      expect(await tools.messagesTo(owner.person)).toMatchObject([
        { content: { data: { thing3: { value: '王芳' } } } },
      ]),
    )
    expect(await kindsTo(owner.token)).toEqual(['join_request'])
    expect(await kindsTo(members[0]?.token ?? '')).toEqual([])
    const refused = { version: 1, accept: false, reason: '请写明部门' }
    expect(await tools.decide(owner.token, memberId, refused)).toMatchObject({ errno: 0 })
    const result = (value: string) => ({ content: { data: { thing3: { value } } } })
    await untilItHolds(async () =>
      expect(await tools.messagesTo(stranger.person)).toMatchObject([result('未通过')]),
    )
    await tools.join(stranger.token, invitation, '王芳')
    await tools.decide(owner.token, memberId, { version: 3, accept: true })
    await untilItHolds(async () =>
      expect(await tools.messagesTo(stranger.person)).toMatchObject([
        result('未通过'),
        result('已加入'),
      ]),
    )
    expect(await kindsTo(stranger.token)).toEqual(['join_accepted', 'join_refused'])
  })

  it('remind of the start once, and anew of another start, all but who declined', async () => {
    const { owner, members } = await tools.newCompany(2)
    const [comes, declines] = members
    if (!comes || !declines) throw new Error('nobody came')
    await tools.agree(comes, 'starting', 3)
    await tools.agree(declines, 'starting', 3)
    const id = await tools.announceTo(owner, members, { startsAt: inHours(1), endsAt: inHours(2) })
    await tools.reply(declines.token, id, { sequence: 0, reply: 'no' })
    const startings = async (token: string) =>
      (await kindsTo(token)).filter((kind) => kind === 'starting').length

    expect(await api.meetings.remindOfStarts()).toBe(0)
    const moveTo = async (hours: number) => {
      const { version } = (await tools.read(owner.token, id)).data
      const moved = { version, startsAt: inHours(hours), endsAt: inHours(2) }
      expect(await tools.update(owner.token, id, moved)).toMatchObject({ errno: 0 })
    }
    await moveTo(0.14)
    const { version } = (await tools.read(owner.token, id)).data
    await Promise.all(Array.from({ length: 8 }, () => api.meetings.remindOfStarts()))
    expect([await startings(comes.token), await startings(declines.token)]).toEqual([1, 1])
    // Nobody decided anything, so pages that are open stay good.
    expect((await tools.read(owner.token, id)).data.version).toBe(version)
    await tools.resultsOf(id)
    await moveTo(0.05)
    await tools.reply(declines.token, id, { sequence: 2, reply: 'no' })
    await Promise.all(Array.from({ length: 8 }, () => api.meetings.remindOfStarts()))
    expect([await startings(comes.token), await startings(declines.token)]).toEqual([2, 1])
    await tools.resultsOf(id)
    const starting = MESSAGES.starting.id
    expect((await sentTo(comes.person)).filter((one) => one === starting)).toHaveLength(2)
  })

  it.each([
    ['the answer is lost', { reset: true }],
    ['the answer is cut off', { truncate: true }],
    ['WeChat says that it is busy', { errcode: -1 }],
  ])('are not sent again when %s, and the consent is spent', async (_name, fault) => {
    const { owner, member, left } = await agreed(2)
    await api.simulator.control.addFault({ path: SEND, ...fault })
    const id = await tools.announceTo(owner, [member])

    expect(await tools.resultsOf(id)).toEqual(['unknown'])
    await tools.elapse(HOUR_S)
    await api.outbox.runDue()
    const calls = await api.simulator.control.calls({ path: SEND })
    expect(calls.filter(({ person }) => person === member.person).length).toBeLessThanOrEqual(1)
    expect(await left()).toBe(1)
    expect(await countsOf(owner.token, id)).toMatchObject({ sent: 0, unknown: 1 })
  })

  it('are sent later when WeChat certainly did not take them, and cost one consent', async () => {
    const { owner, member, left } = await agreed(2)
    await api.simulator.control.addFault({ path: SEND, errcode: 45009, times: 2 })
    const id = await tools.announceTo(owner, [member])
    await untilItHolds(async () =>
      expect(
        await tools.rows("SELECT attempts FROM outbox WHERE topic = 'message' AND state = 0"),
      ).not.toEqual([]),
    )
    await untilItHolds(async () => expect(await left()).toBe(2))
    expect(await countsOf(owner.token, id)).toMatchObject({ waiting: 1 })

    expect(await tools.resultsOf(id)).toEqual(['sent'])
    expect(await left()).toBe(1)
    expect(await tools.messagesTo(member.person)).toHaveLength(1)
  })

  it('are given up at their deadline, and take no consent', async () => {
    const { owner, member, left } = await agreed(1)
    await api.simulator.control.addFault({ path: SEND, errcode: 45009, times: 9 })
    const id = await tools.announceTo(owner, [member], {
      startsAt: inHours(48),
      endsAt: inHours(49),
    })
    await untilItHolds(async () => expect(await left()).toBe(1))
    await api.outbox.runDue()
    await api.simulator.control.clearFaults()
    await tools.elapse(DAY_S + 1)
    await api.outbox.runDue()

    expect(await tools.resultsOf(id)).toEqual(['expired'])
    expect(await left()).toBe(1)
    expect(await tools.messagesTo(member.person)).toEqual([])
    expect(await countsOf(owner.token, id)).toMatchObject({ failed: 1 })
  })

  it.each([40037, 47003])('wait for the operator with errcode %i', async (errcode) => {
    const { owner, member, left } = await agreed(1)
    await api.simulator.control.addFault({ path: SEND, errcode })
    const id = await tools.announceTo(owner, [member])

    expect(await tools.resultsOf(id)).toEqual(['wrong'])
    expect(await left()).toBe(1)
    expect(api.logs.lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: 'WeChat refuses a subscribe message: check WX_TEMPLATES',
      }),
    )
  })

  it('leave no consent when WeChat knows of none', async () => {
    const { owner, member, left } = await agreed(2)
    await api.simulator.control.addFault({ path: SEND, errcode: 43101 })
    const id = await tools.announceTo(owner, [member])

    expect(await tools.resultsOf(id)).toEqual(['refused'])
    expect(await left()).toBe(0)
    expect(await countsOf(owner.token, id)).toMatchObject({ noConsent: 1 })
  })

  it('are not sent of what is not true any more', async () => {
    const { owner, member } = await agreed(2)
    await tools.agree(member, 'changed')
    await api.simulator.control.addFault({ path: SEND, errcode: 45009, times: 1 })
    const id = await tools.announceTo(owner, [member])
    await untilItHolds(async () =>
      expect(
        await tools.rows(
          "SELECT id FROM outbox WHERE topic = 'message' AND attempts = 1 AND state = 0",
        ),
      ).toHaveLength(1),
    )
    const { version } = (await tools.read(owner.token, id)).data
    await tools.update(owner.token, id, { version, startsAt: inHours(24.5), endsAt: inHours(26) })
    await tools.elapse(6)
    await api.outbox.runDue()

    expect(await tools.resultsOf(id)).toEqual(['outdated', 'sent'])
    expect(await sentTo(member.person)).toEqual([MESSAGES.changed.id])
    expect(await kindsTo(member.token)).toEqual(['changed', 'invited'])
  })

  it('spend never more than was agreed to, while consents and messages race', async () => {
    const { owner, member, left } = await agreed(3)
    await api.simulator.control.addFault({ path: SEND, reset: true, times: 2 })
    const asking = (async () => {
      for (let time = 0; time < 5; time += 1) {
        await tools.ask(member.person, [MESSAGES.invited.id])
        await api.simulator.control.advanceClock(1_000)
      }
    })()
    const ids = await Promise.all(
      Array.from({ length: 12 }, () => tools.announceTo(owner, [member])),
    )
    await asking
    const results: string[] = []
    for (const id of ids) results.push(...(await tools.resultsOf(id)))
    const count = (wanted: string) => results.filter((one) => one === wanted).length

    // Every push has arrived when all is accounted for.
    await untilItHolds(async () =>
      expect(count('sent') + count('unknown') + ((await left()) ?? 0)).toBe(8),
    )
    expect(results).toHaveLength(12)
    expect(count('sent') + count('unknown') + count('no_consent')).toBe(12)
    expect((await tools.messagesTo(member.person)).length).toBeLessThanOrEqual(8)
  })

  it('wait while WeChat is down, and everything else works', async () => {
    const { owner, member, left } = await agreed(2)
    const hour = { startsAt: inHours(1.5), endsAt: inHours(2) }
    await line.refuse()
    const id = await tools.announceTo(owner, [member])
    const soon = await tools.announceTo(owner, [member], hour)
    const said = await tools.reply(member.token, id, { sequence: 0, reply: 'yes' })
    expect(said).toMatchObject({ errno: 0 })
    expect(await kindsTo(member.token)).toEqual(['invited', 'invited'])
    for (const one of [id, soon]) {
      await untilItHolds(async () =>
        expect(await countsOf(owner.token, one)).toMatchObject({ waiting: 1, sent: 0 }),
      )
    }
    // Two hours pass; every node tries again, and nothing is spent.
    for (let tries = 0; tries < 4; tries += 1) {
      await tools.elapse(HOUR_S / 2)
      await api.outbox.runDue()
      // While one is tried, its consent is taken.
      await untilItHolds(async () => expect(await left()).toBe(2))
    }
    // Nobody is invited to what has begun.
    await tools.elapse(2 * HOUR_S)
    expect(await tools.resultsOf(soon)).toEqual(['expired'])
    await line.accept()

    expect(await tools.resultsOf(id)).toEqual(['sent'])
    expect(await left()).toBe(1)
  })

  it('go with the account of who was to get them', async () => {
    const { owner, member } = await agreed(1)
    await api.simulator.control.addFault({ path: SEND, errcode: 45009, times: 1 })
    await tools.announceTo(owner, [member], { title: '只给他看的会' })
    const waiting = () =>
      tools.rows("SELECT id FROM outbox WHERE topic = 'message' AND payload LIKE '%只给他看的会%'")
    await untilItHolds(async () => expect(await waiting()).toHaveLength(1))

    expect(await callsOf(api).close(member.token)).toMatchObject({ errno: 0 })
    expect(await waiting()).toEqual([])
  })

  it('are seen, tried again and dropped by the operator, who reads no words of them', async () => {
    const { owner, member } = await agreed(2)
    const title = '并购谈判'
    const failing = async (errcode: number) => {
      await api.simulator.control.addFault({ path: SEND, errcode, times: 1 })
      const id = await tools.announceTo(owner, [member], { title })
      expect(await tools.resultsOf(id)).toEqual(['wrong'])
      return id
    }
    const first = await failing(47003)
    const listed = await tools.cli('outbox', 'list')
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toMatch(/message {2}given up, wrong/)
    expect(listed.stdout).not.toContain(title)

    expect((await tools.cli('outbox', 'retry', '--given-up')).stdout).toMatch(/again: \d+/)
    await untilItHolds(async () => expect(await tools.resultsOf(first)).toEqual(['sent']))
    const second = await failing(40037)
    const [row] = await tools.rows(`SELECT id FROM outbox WHERE state = 2 ORDER BY id DESC LIMIT 1`)
    const id = String(row?.id)
    expect((await tools.cli('outbox', 'drop', '--id', id)).stdout).toBe('Dropped: 1.\n')
    expect(await tools.resultsOf(second)).toEqual(['dropped'])
    for (const action of ['retry', 'drop']) {
      const refused = await tools.cli('outbox', action, '--id', id)
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing of that') })
    }
    expect(await tools.cli('outbox', 'drop')).toMatchObject({ code: 2 })
    expect((await tools.cli('notices', 'prune')).stdout).toBe('Removed: 0 notice(s).\n')
  })

  it('are not needed for notices of the company, which reach many inboxes once', async () => {
    const { owner, orgId, members } = await tools.newCompany(2)
    const [first] = members
    if (!first) throw new Error('nobody came')
    await addSilentMembers(api.config.database, orgId, 1_200)
    const lines = async () => {
      const [row] = await tools.rows(
        `SELECT COUNT(*) AS count, COUNT(DISTINCT member_id) AS people FROM notice
         WHERE kind = 'org_notice' AND org_id = (SELECT id FROM org WHERE public_id = '${orgId}')`,
      )
      return [Number(row?.count), Number(row?.people)]
    }
    const send = (token: string, body: object) =>
      api.call<{ reach: number }>('/wx/admin/notices', { method: 'POST', token, body })
    const notice = { orgId, requestId: randomUUID(), text: '明天 9:00 停电\n请提前保存文件。' }

    const answers = await Promise.all(Array.from({ length: 4 }, () => send(owner.token, notice)))
    expect(answers.map(({ data }) => data.reach)).toEqual([1_203, 1_203, 1_203, 1_203])
    await untilItHolds(async () => expect(await lines()).toEqual([1_203, 1_203]))
    expect((await tools.inbox(first.token)).data.items).toMatchObject([
      { kind: 'org_notice', title: notice.text, meetingId: null, read: false },
    ])
    // A department alone.
    const departmentId = (await tools.addDepartment(owner.token, '研发部')).data.id
    await tools.change(owner.token, first.memberId, { version: 1, departmentId })
    const few = {
      orgId,
      requestId: randomUUID(),
      text: '研发部周五团建',
      departmentIds: [departmentId],
    }
    expect((await send(owner.token, few)).data).toEqual({ reach: 1 })
    expect(await lines()).toEqual([1_204, 1_203])
    // Not by members, and not empty.
    expect(await send(first.token, notice)).toMatchObject({ errno: 506 })
    const blank = { ...notice, requestId: randomUUID(), text: ' \n ' }
    expect(await send(owner.token, blank)).toMatchObject({ errno: 401 })
  })

  it('or lines that come while 全部已读 is tapped stay unread', async () => {
    const { owner, orgId, members } = await tools.newCompany(1)
    const [reader] = members
    if (!reader) throw new Error('nobody came')
    const send = () =>
      api.call('/wx/admin/notices', {
        method: 'POST',
        token: owner.token,
        body: { orgId, requestId: randomUUID(), text: '通知' },
      })
    await send()
    const { items } = (await tools.inbox(reader.token)).data
    const upTo = items[0]?.at ?? ''
    await Promise.all([
      ...Array.from({ length: 10 }, send),
      ...Array.from({ length: 5 }, () => tools.readInbox(reader.token, { upTo })),
    ])

    const after = (await tools.inbox(reader.token)).data
    expect(after.unread).toBe(10)
    expect(after.items.filter(({ read }) => read).map(({ at }) => at)).toEqual([upTo])
  })
})
