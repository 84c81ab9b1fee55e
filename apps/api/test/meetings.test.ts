import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { inHours, meetingTools } from './support/meetings.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

describeOnEachEngine('A meeting', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof meetingTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    tools = meetingTools(api)
  }, 60_000)
  afterAll(() => api.close())

  const kinds = async (token: string) =>
    (await tools.inbox(token)).data.items.map(({ kind }) => kind)

  it('is called, announced, replied to, held and ended', async () => {
    const { owner, people } = await tools.newTeam('甲', '乙')
    const { 甲, 乙 } = people
    // Members are reminded a quarter of an hour before, and may check in half an hour before.
    const startsAt = inHours(0.4)
    const made = await tools.create(owner, {
      title: '周例会',
      agenda: '一、进展\n\n二、计划',
      startsAt,
      endsAt: inHours(2),
      participantIds: [甲.memberId],
      observerIds: [乙.memberId],
    })
    const { id } = made.data
    expect(await tools.read(甲.token, id)).toMatchObject({ status: 404, errno: 708 })

    const sent = await tools.act(owner, id, 'submit')
    expect(sent.data).toEqual({ state: 'scheduled', version: 2 })
    expect(await kinds(甲.token)).toEqual(['invited'])
    expect((await tools.home(甲.token)).data).toMatchObject({
      guest: false,
      unread: 1,
      infoList: [{ id, title: '周例会', state: 'scheduled', stateCode: 4, people: 3, startsAt }],
    })

    const seen = await tools.read(甲.token, id)
    expect(seen.data).toMatchObject({
      may: ['reply', 'check_in'],
      myRoles: ['participant'],
      myReply: 'none',
      details: { agenda: '一、进展\n\n二、计划', sequence: 0 },
    })
    expect(await tools.see(甲.token, id)).toMatchObject({ errno: 0 })
    const reply = { sequence: 0, reply: 'no', reason: '出差' }
    expect(await tools.reply(甲.token, id, reply)).toMatchObject({ errno: 0 })
    expect((await tools.read(owner, id)).data.counts).toEqual({
      yes: 0,
      no: 1,
      none: 2,
      seen: 1,
      present: 0,
    })

    expect((await tools.act(owner, id, 'start')).data).toMatchObject({ state: 'running' })
    expect(await tools.reply(甲.token, id, { sequence: 0, reply: 'yes' })).toMatchObject({
      status: 409,
      errno: 727,
    })
    expect((await tools.act(owner, id, 'end')).data).toMatchObject({ state: 'ended' })
    expect((await tools.list(甲.token, 'running')).data.items).toEqual([])
  })

  it('waits for its auditor where the company wants that, and tells why it was rejected', async () => {
    const { owner, people } = await tools.newTeam('甲', '乙', '审')
    const { 甲, 乙, 审 } = people
    await tools.appoint(owner, 审.memberId, 'admin')
    const policy = await api.call<{ version: number }>('/wx/admin/policy', { token: owner })
    await api.call('/wx/admin/policy', {
      method: 'POST',
      token: owner,
      body: { version: policy.data.version, approval: 'all' },
    })
    const { id } = (await tools.create(甲.token, { participantIds: [乙.memberId] })).data

    expect(await tools.act(甲.token, id, 'submit')).toMatchObject({ status: 400, errno: 402 })
    await tools.update(甲.token, id, { version: 1, auditorId: 审.memberId })
    expect((await tools.act(甲.token, id, 'submit')).data.state).toBe('pending')
    expect(await kinds(审.token)).toContain('approval_todo')
    expect((await tools.list(审.token, 'approving')).data.items).toMatchObject([{ id }])
    expect(await tools.read(乙.token, id)).toMatchObject({ errno: 708 })

    const empty = await tools.act(审.token, id, 'audit', { approve: false })
    expect(empty).toMatchObject({ status: 400, errno: 402, errmsg: '请填写原因' })
    expect(JSON.parse(empty.text)).toMatchObject({ reason: 'reason' })
    const no = await tools.act(审.token, id, 'audit', { approve: false, reason: '时间太长' })
    expect(no.data.state).toBe('rejected')
    expect((await tools.inbox(甲.token)).data.items[0]).toMatchObject({
      kind: 'rejected',
      reason: '时间太长',
    })
    await tools.act(甲.token, id, 'submit')
    expect(await tools.act(甲.token, id, 'audit', { approve: true })).toMatchObject({ errno: 506 })
    const yes = await tools.act(审.token, id, 'audit', { approve: true })
    expect(yes.data.state).toBe('scheduled')
    expect(await kinds(乙.token)).toEqual(['invited'])
  })

  it('asks everybody anew when it is moved, and takes no reply to the old time', async () => {
    const { owner, people } = await tools.newTeam('甲', '乙', '丙')
    const { 甲, 乙, 丙 } = people
    const participantIds = [甲.memberId, 乙.memberId]
    const id = await tools.announce(owner, { participantIds })
    await tools.reply(甲.token, id, { sequence: 0, reply: 'yes' })
    const { version } = (await tools.read(owner, id)).data

    const move = {
      version,
      startsAt: inHours(48),
      endsAt: inHours(49),
      participantIds: [甲.memberId, 丙.memberId],
    }
    const moved = await tools.update(owner, id, move)

    expect(moved.data).toEqual({ state: 'scheduled', version: version + 1, repliesReset: true })
    // As a phone does whose answer was lost.
    expect((await tools.update(owner, id, move)).data).toEqual(moved.data)
    expect(await kinds(甲.token)).toEqual(['changed', 'invited'])
    expect(await kinds(乙.token)).toEqual(['removed', 'invited'])
    expect(await kinds(丙.token)).toEqual(['invited'])
    expect(await tools.read(乙.token, id)).toMatchObject({ errno: 708 })
    expect((await tools.read(甲.token, id)).data).toMatchObject({ myReply: 'none' })
    const late = await tools.reply(甲.token, id, { sequence: 0, reply: 'yes' })
    expect(late).toMatchObject({ status: 409, errno: 504 })
    expect(await tools.reply(甲.token, id, { sequence: 1, reply: 'yes' })).toMatchObject({
      errno: 0,
    })
    expect((await tools.list(甲.token)).data.items).toMatchObject([{ startsAt: inHours(48) }])
  })

  it('gives the same answer to a request that is repeated, and STALE to who is late', async () => {
    const { owner, people } = await tools.newTeam('甲')
    const requestId = randomUUID()
    const participantIds = [people.甲.memberId]
    const [one, other] = await Promise.all([
      tools.create(owner, { requestId, participantIds }),
      tools.create(owner, { requestId, participantIds }),
    ])
    expect(one.data).toEqual(other.data)
    const { id } = one.data

    for (const path of ['submit', 'cancel'] as const) {
      const { version } = (await tools.read(owner, id)).data
      const body = { version, ...(path === 'cancel' ? { reason: '改期' } : {}) }
      const first = await tools.act(owner, id, path, body)
      const again = await tools.act(owner, id, path, body)
      expect([first.errno, again.errno, again.data]).toEqual([0, 0, first.data])
    }
    expect(await tools.act(owner, id, 'cancel', { version: 1, reason: '改期' })).toMatchObject({
      status: 409,
      errno: 504,
    })
    const draft = (await tools.create(owner)).data
    for (const _ of ['once', 'again']) {
      const gone = await tools.act(owner, draft.id, 'delete', { version: draft.version })
      expect(gone).toMatchObject({ errno: 0 })
    }
  })

  it('is copied to the next weeks, all of them or none', async () => {
    const { owner, people } = await tools.newTeam('甲')
    const room = (await tools.addRoom(owner)).data
    const startsAt = inHours(24)
    const id = await tools.announce(owner, {
      roomId: room.id,
      startsAt,
      endsAt: inHours(25),
      participantIds: [people.甲.memberId],
    })
    const requestId = randomUUID()
    const copied = await tools.copy(owner, id, 3, requestId)
    expect(copied.data.ids).toHaveLength(3)
    expect((await tools.copy(owner, id, 3, requestId)).data).toEqual(copied.data)
    expect((await tools.list(people.甲.token)).data.items).toHaveLength(4)

    expect(await tools.copy(owner, id, 5)).toMatchObject({ status: 409, errno: 728 })
    expect((await tools.list(people.甲.token)).data.items).toHaveLength(4)
  })

  it('is not planned with strangers, without anybody, backwards, or for too long', async () => {
    const { owner } = await tools.newTeam()
    const other = await tools.newTeam('外')
    const refused = async (changes: object) => (await tools.create(owner, changes)).errno

    expect(await refused({ participantIds: [other.people.外.memberId] })).toBe(402)
    // As many as a meeting takes: too large for any other request.
    const many = Array.from({ length: 2_000 }, () => randomUUID())
    expect(await refused({ participantIds: many, observerIds: many })).toBe(402)
    expect(await refused({ hostId: randomUUID() })).toBe(402)
    expect(await refused({ roomId: randomUUID() })).toBe(402)
    expect(await refused({ startsAt: inHours(3), endsAt: inHours(2) })).toBe(402)
    expect(await refused({ startsAt: inHours(1), endsAt: inHours(26) })).toBe(402)
    expect(await refused({ startsAt: inHours(9_000), endsAt: inHours(9_001) })).toBe(402)
    const { id } = (await tools.create(owner)).data
    expect(await tools.act(owner, id, 'submit')).toMatchObject({ status: 409, errno: 729 })
  })

  it('is called by members where the company lets them, and by organisers in any case', async () => {
    const { owner, people } = await tools.newTeam('成员', '组织者')
    const { 成员, 组织者 } = people
    await tools.appoint(owner, 组织者.memberId, 'organizer')
    const mayConvene = async (token: string) =>
      (await tools.mine(token)).data.memberships[0]?.mayConvene
    expect(await mayConvene(成员.token)).toBe(true)
    const { version } = (await api.call<{ version: number }>('/wx/admin/policy', { token: owner }))
      .data
    await api.call('/wx/admin/policy', {
      method: 'POST',
      token: owner,
      body: { version, memberMayConvene: false },
    })

    expect([await mayConvene(成员.token), await mayConvene(组织者.token)]).toEqual([false, true])
    expect(await tools.create(成员.token)).toMatchObject({ status: 403, errno: 506 })
    expect(await tools.create(组织者.token)).toMatchObject({ errno: 0 })
  })

  it('is numbered as clients of the course count states, under the paths that they call', async () => {
    const { owner, people } = await tools.newTeam('甲', '审')
    const { 甲, 审 } = people
    await tools.appoint(owner, 审.memberId, 'admin')
    const room = (await tools.addRoom(owner, { needsApproval: true })).data.id
    const policy = await api.call<{ version: number }>('/wx/admin/policy', { token: owner })
    const rooms = { version: policy.data.version, approval: 'rooms' }
    await api.call('/wx/admin/policy', { method: 'POST', token: owner, body: rooms })
    const participantIds = [甲.memberId]
    const soon = { startsAt: inHours(0.2), endsAt: inHours(2), participantIds }
    const codes: Record<string, unknown> = {}
    const keep = async (id: string) => {
      const { state, stateCode } = (await tools.read(owner, id)).data
      codes[state] = stateCode
    }

    const { id } = (
      await tools.create(owner, { participantIds, roomId: room, auditorId: 审.memberId })
    ).data
    await keep(id)
    await tools.act(owner, id, 'submit')
    await keep(id)
    await tools.act(审.token, id, 'audit', { approve: false, reason: '再议' })
    await keep(id)
    const held = await tools.announce(owner, soon)
    await keep(held)
    for (const action of ['start', 'end']) {
      await tools.act(owner, held, action)
      await keep(held)
    }
    const off = await tools.announce(owner, { participantIds })
    const [listed] = (await tools.list(甲.token)).data.items
    const [next] = (await tools.home(甲.token)).data.infoList
    expect([listed, next]).toMatchObject([{ stateCode: 4 }, { stateCode: 4 }])
    await tools.act(owner, off, 'cancel', { reason: '改期' })
    await keep(off)

    expect(codes).toEqual({
      cancelled: 0,
      draft: 1,
      pending: 2,
      rejected: 3,
      scheduled: 4,
      running: 5,
      ended: 7,
    })
    const centre = await api.call<object>('/wx/user/index', { token: 甲.token })
    expect(centre.data).toMatchObject({ meetingCounts: { attending: 0 }, memberships: [{}] })
  })

  it('reminds those who have not replied, once in two hours', async () => {
    const { owner, people } = await tools.newTeam('甲', '乙')
    const { 甲, 乙 } = people
    const id = await tools.announce(owner, { participantIds: [甲.memberId, 乙.memberId] })
    await tools.reply(甲.token, id, { sequence: 0, reply: 'yes' })

    expect((await tools.remind(owner, id)).data).toEqual({ reminded: 1 })
    expect(await kinds(乙.token)).toEqual(['remind', 'invited'])
    expect(await kinds(甲.token)).toEqual(['invited'])
    expect(await tools.remind(owner, id)).toMatchObject({ status: 409, errno: 729 })
    expect(await tools.remind(甲.token, id)).toMatchObject({ errno: 506 })
  })

  it('shows replies to those who organise it, and to each participant their own', async () => {
    const { owner, people } = await tools.newTeam('甲', '乙')
    const { 甲, 乙 } = people
    const id = await tools.announce(owner, { participantIds: [甲.memberId, 乙.memberId] })
    await tools.reply(甲.token, id, { sequence: 0, reply: 'no', reason: '看牙医' })

    const told = async (token: string) => {
      const { items } = (await tools.people(token, id)).data
      return Object.fromEntries(items.map(({ name, reply, reason }) => [name, [reply, reason]]))
    }
    expect(await told(owner)).toMatchObject({ 甲: ['no', '看牙医'], 乙: ['none', null] })
    expect(await told(甲.token)).toMatchObject({ 甲: ['no', '看牙医'], 乙: [null, null] })
    expect(await told(乙.token)).toMatchObject({ 甲: [null, null], 乙: ['none', null] })
    expect(await tools.people(乙.token, id, '?filter=no')).toMatchObject({ errno: 506 })
    expect((await tools.people(owner, id, '?filter=no')).data.items).toHaveLength(1)
  })
})
