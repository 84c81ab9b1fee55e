import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { inHours, meetingTools } from './support/meetings.ts'
import { callsOf } from './support/own-data.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const HOUR_MS = 3_600_000

describeOnEachEngine('Meetings and what happens to people and time,', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof meetingTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    tools = meetingTools(api)
  }, 60_000)
  afterAll(() => api.close())

  const rowsOf = (statement: string) => queryRows(api.config.database, statement)
  /** As if so much time had passed. */
  const age = async (id: string, hours: number) => {
    const at = (from: number) => {
      const text = new Date(Date.now() + (from - hours) * HOUR_MS).toISOString().slice(0, -1)
      return engine.kind === 'mysql' ? text.replace('T', ' ') : `${text}+00:00`
    }
    await rowsOf(
      `UPDATE meeting SET starts_at = '${at(1)}', ends_at = '${at(2)}' WHERE public_id = '${id}'`,
    )
    await rowsOf(
      `UPDATE meeting_participant SET starts_at = '${at(1)}'
        WHERE meeting_id = (SELECT id FROM meeting WHERE public_id = '${id}')`,
    )
  }
  const slotsOf = async (id: string) =>
    rowsOf(
      `SELECT slot FROM room_slot WHERE meeting_id IN (SELECT id FROM meeting WHERE public_id = '${id}')`,
    )
  const inRoom = async (owner: string, participantIds: string[]) => {
    const roomId = (await tools.addRoom(owner)).data.id
    const span = { startsAt: inHours(1), endsAt: inHours(2) }
    return { id: await tools.announce(owner, { ...span, roomId, participantIds }), roomId }
  }

  it('run from their start, whatever their row still says, and can be ended', async () => {
    const { owner, people } = await tools.newTeam('甲')
    const { id } = await inRoom(owner, [people.甲.memberId])
    const { version } = (await tools.read(owner, id)).data
    await age(id, 1.5)

    const seen = await tools.read(people.甲.token, id)
    expect(seen.data).toMatchObject({ state: 'running', stateCode: 5, version })
    expect((await tools.list(people.甲.token, 'running')).data.items).toMatchObject([{ id }])
    const late = await tools.reply(people.甲.token, id, { sequence: 0, reply: 'yes' })
    expect(late).toMatchObject({ status: 409, errno: 727 })
    // A page that was open over the start has the version before it.
    expect((await tools.act(owner, id, 'end', { version })).data.state).toBe('ended')
    expect((await tools.list(people.甲.token, 'past')).data.items).toMatchObject([{ id }])
  })

  it('are over two hours after their end when nobody ended them, and hold no room', async () => {
    const { owner, people } = await tools.newTeam('甲')
    const { id } = await inRoom(owner, [people.甲.memberId])
    await age(id, 4.1)

    expect((await tools.read(owner, id)).data).toMatchObject({
      state: 'ended',
      may: ['copy', 'check_in_by_hand'],
    })
    expect(await tools.act(owner, id, 'end')).toMatchObject({ status: 409, errno: 727 })
    // The server may have done so by itself meanwhile.
    await api.meetings.moveByTime()
    const [row] = await rowsOf(`SELECT state FROM meeting WHERE public_id = '${id}'`)
    expect(row?.state).toBe(7)
    expect(await api.meetings.moveByTime()).toBe(0)
  })

  it('that nobody approved in time are rejected, free their room, and tell who called them', async () => {
    const { owner, people } = await tools.newTeam('甲', '审')
    await tools.appoint(owner, people.审.memberId, 'admin')
    const roomId = (await tools.addRoom(owner, { needsApproval: true })).data.id
    const { version } = (await api.call<{ version: number }>('/wx/admin/policy', { token: owner }))
      .data
    const policy = { method: 'POST', token: owner, body: { version, approval: 'rooms' } }
    await api.call('/wx/admin/policy', policy)
    const { id } = (
      await tools.create(people.甲.token, {
        startsAt: inHours(1),
        endsAt: inHours(2),
        roomId,
        auditorId: people.审.memberId,
        participantIds: [people.审.memberId],
      })
    ).data
    expect((await tools.act(people.甲.token, id, 'submit')).data.state).toBe('pending')
    expect(await slotsOf(id)).toHaveLength(12)
    await age(id, 1.5)

    const late = await tools.act(people.审.token, id, 'audit', { approve: true })
    expect(late).toMatchObject({ status: 409, errno: 727 })
    await api.meetings.moveByTime()
    expect(await slotsOf(id)).toEqual([])
    const [told] = (await tools.inbox(people.甲.token)).data.items
    expect(told).toMatchObject({ kind: 'rejected', reason: null, meetingId: id })
  })

  it('are not left without a host, and lose others who go', async () => {
    const { owner, people } = await tools.newTeam('主持', '参加')
    const { 主持, 参加 } = people
    const id = await tools.announce(owner, {
      hostId: 主持.memberId,
      recorderId: 参加.memberId,
      participantIds: [参加.memberId],
    })
    const suspend = async (memberId: string) => {
      const { items } = (await tools.allMembers(owner)).data
      const version = items.find((member) => member.id === memberId)?.version ?? 0
      return tools.change(owner, memberId, { version, state: 'suspended' })
    }

    expect(await suspend(主持.memberId)).toMatchObject({ status: 409, errno: 726 })
    const { orgId } = (await tools.mine(主持.token)).data.memberships[0] ?? { orgId: '' }
    expect(await tools.leave(主持.token, orgId)).toMatchObject({ status: 409, errno: 726 })
    expect(await suspend(参加.memberId)).toMatchObject({ errno: 0 })
    const { data } = await tools.read(owner, id)
    expect(data).toMatchObject({ people: 1, details: { recorder: null } })
    expect((await tools.people(owner, id)).data.items.map(({ name }) => name)).toEqual(['主持'])
  })

  it('are not submitted for a room that closed, a host who left, or an auditor who may no more', async () => {
    const { owner, people } = await tools.newTeam('主持', '参加', '审')
    const { 主持, 参加, 审 } = people
    await tools.appoint(owner, 审.memberId, 'admin')
    const policy = await api.call<{ version: number }>('/wx/admin/policy', { token: owner })
    const rooms = { version: policy.data.version, approval: 'rooms' }
    await api.call('/wx/admin/policy', { method: 'POST', token: owner, body: rooms })
    const room = async (changes = {}) => (await tools.addRoom(owner, changes)).data.id
    const draft = async (changes: object) =>
      (await tools.create(owner, { participantIds: [参加.memberId], ...changes })).data.id
    const submit = (id: string) => tools.act(owner, id, 'submit')

    const [off, shut, asks] = [await room(), await room(), await room({ needsApproval: true })]
    const inOff = await draft({ roomId: off })
    const inShut = await draft({ roomId: shut })
    await tools.changeRoom(owner, off, { version: 1, disabled: true })
    await tools.changeRoom(owner, shut, { version: 1, maxMin: 30 })
    expect(await submit(inOff)).toMatchObject({ status: 400, errno: 402 })
    expect(await submit(inShut)).toMatchObject({ status: 400, errno: 402 })
    expect([await slotsOf(inOff), await slotsOf(inShut)]).toEqual([[], []])

    const asked = { roomId: asks, auditorId: 审.memberId }
    const early = await draft({ ...asked, startsAt: inHours(50), endsAt: inHours(51) })
    const late = await draft(asked)
    expect((await submit(early)).data.state).toBe('pending')
    await tools.appoint(owner, 审.memberId, 'member')
    expect(await submit(late)).toMatchObject({ status: 400, errno: 402 })
    const approved = await tools.act(审.token, early, 'audit', { approve: true })
    expect(approved).toMatchObject({ status: 403, errno: 506 })
    expect((await tools.act(owner, early, 'withdraw')).data.state).toBe('draft')

    const hosted = { hostId: 主持.memberId, startsAt: inHours(60), endsAt: inHours(61) }
    const held = await tools.announce(owner, { ...hosted, participantIds: [参加.memberId] })
    await tools.act(owner, held, 'cancel', { reason: '改期' })
    const planned = await draft({ hostId: 主持.memberId })
    const { items } = (await tools.allMembers(owner)).data
    const version = items.find(({ id }) => id === 主持.memberId)?.version ?? 0
    await tools.change(owner, 主持.memberId, { version, state: 'suspended' })
    expect(await submit(planned)).toMatchObject({ status: 400, errno: 402 })
    expect(await tools.copy(owner, held, 1)).toMatchObject({ status: 400, errno: 402 })
    const { version: at } = (await tools.read(owner, planned)).data
    const owners = (await tools.mine(owner)).data.memberships[0]?.memberId ?? ''
    await tools.update(owner, planned, { version: at, hostId: owners })
    expect((await submit(planned)).data.state).toBe('scheduled')
  })

  it('keep no words of who closed the account, who sees in the export what was kept', async () => {
    const { owner, people } = await tools.newTeam('离开')
    const { token, memberId } = people.离开
    const id = await tools.announce(owner, { title: '保密事项', participantIds: [memberId] })
    const reason = '体检-只有我知道'
    await tools.reply(token, id, { sequence: 0, reply: 'no', reason })

    const own = (await callsOf(api).ask(token)).data
    expect(own.meetings).toMatchObject([{ title: '保密事项', reply: 'no', reason }])
    expect(own.notices).toMatchObject([{ kind: 'invited', words: expect.stringContaining('保密') }])
    expect(await callsOf(api).close(token)).toMatchObject({ errno: 0 })

    const [row] = await rowsOf(
      `SELECT COUNT(*) AS count FROM meeting_participant WHERE reply_reason = '${reason}'`,
    )
    expect(Number(row?.count)).toBe(0)
    const { items } = (await tools.people(owner, id)).data
    expect(items.map(({ name }) => name)).toEqual(['所有者'])
  })
})
