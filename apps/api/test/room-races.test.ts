import type { CreateMeetingRequest } from '@oa/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { slotsOf } from '../src/rooms/times.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { inHours, meetingCalls, meetingTools } from './support/meetings.ts'
import type { Pair } from './support/pair.ts'
import { AT_ONCE, inTurns, startPair } from './support/pair.ts'

/** Rounds of each pair: MEETING_RACES=200 pnpm test --project api room-races */
const ROUNDS = Number(process.env.MEETING_RACES ?? 1)
const MOVES = 400

describeOnEachEngine('Two processes on one database,', (engine) => {
  let pair: Pair
  let tools: ReturnType<typeof meetingTools>
  beforeAll(async () => {
    pair = await startPair(engine)
    tools = meetingTools(pair.one)
  }, 60_000)
  afterAll(() => pair.close())

  const callsOf = (index: number) => meetingCalls(pair.at(index))
  const tally = (errnos: readonly number[]) =>
    Object.fromEntries(
      [...new Set(errnos)].map((errno) => [errno, errnos.filter((one) => one === errno).length]),
    )
  const rowsOf = (statement: string) => queryRows(pair.one.config.database, statement)
  /** The slots of every meeting are its span exactly, and no meeting without a room has any. */
  const expectWhole = async () => {
    const held = new Map<unknown, number[]>()
    for (const { meetingId, slot } of await rowsOf(
      'SELECT meeting_id AS meetingId, slot FROM room_slot',
    )) {
      held.set(meetingId, [...(held.get(meetingId) ?? []), Number(slot)])
    }
    const meetings = await rowsOf(
      `SELECT id, starts_at AS startsAt, ends_at AS endsAt FROM meeting
        WHERE room_id IS NOT NULL AND state IN (2, 4, 5)`,
    )
    for (const { id, startsAt, endsAt } of meetings) {
      const span = { startsAt: timeOf(startsAt), endsAt: timeOf(endsAt) }
      expect(held.get(id)?.sort((one, other) => one - other)).toEqual(slotsOf(span))
      held.delete(id)
    }
    expect([...held.keys()]).toEqual([])
  }

  type Rival = { who: 'creator' | 'host' | 'auditor' | 'admin'; action: string; body?: object }
  const by = (who: Rival['who'], action: string, body: object = {}): Rival => ({
    who,
    action,
    body,
  })
  const cancel = { reason: '改期' }
  /** What can be done in a state, by whom. */
  const RIVALS: Record<'draft' | 'pending' | 'scheduled' | 'running', Rival[]> = {
    draft: [by('creator', 'submit'), by('host', 'delete'), by('host', 'update', { title: '改' })],
    pending: [
      by('auditor', 'audit', { approve: true }),
      by('auditor', 'audit', { approve: false, reason: '再议' }),
      by('creator', 'withdraw'),
      by('admin', 'cancel', cancel),
    ],
    scheduled: [
      by('creator', 'start'),
      by('host', 'cancel', cancel),
      by('admin', 'cancel', cancel),
      by('host', 'update', { startsAt: inHours(0.3), endsAt: inHours(3) }),
    ],
    running: [
      by('creator', 'end'),
      by('host', 'end'),
      by('host', 'extend', { endsAt: inHours(4) }),
    ],
  }
  const pairsOf = (rivals: readonly Rival[]) =>
    rivals.flatMap((one, at) => rivals.slice(at).map((other) => [one, other] as const))
  const STAGES = Object.entries(RIVALS).map(([state, rivals]) => [state, pairsOf(rivals)] as const)

  it.each(STAGES)(
    'lets one of two win who act on a meeting that is %s, and tells the other',
    async (state, pairs) => {
      const { owner, people } = await tools.newTeam('创建', '主持', '审批', '甲')
      const { 创建, 主持, 审批, 甲 } = people
      await tools.appoint(owner, 审批.memberId, 'admin')
      const policy = await pair.one.call<{ version: number }>('/wx/admin/policy', { token: owner })
      const rules = { version: policy.data.version, approval: 'rooms' }
      await pair.one.call('/wx/admin/policy', { method: 'POST', token: owner, body: rules })
      const token = {
        creator: 创建.token,
        host: 主持.token,
        auditor: 审批.token,
        admin: owner,
      }
      const begin = async () => {
        const needsApproval = state === 'pending'
        const { id } = (
          await tools.create(token.creator, {
            roomId: (await tools.addRoom(owner, { needsApproval })).data.id,
            hostId: 主持.memberId,
            auditorId: 审批.memberId,
            participantIds: [甲.memberId],
            startsAt: inHours(0.2),
            endsAt: inHours(2),
          })
        ).data
        if (state !== 'draft') await tools.act(token.creator, id, 'submit')
        if (state === 'running') await tools.act(token.creator, id, 'start')
        const { data } = await tools.read(token.creator, id)
        expect(data.state).toBe(state)
        return { id, version: data.version }
      }
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const pair of pairs) {
          const { id, version } = await begin()
          const answers = await Promise.all(
            pair.map(({ who, action, body }, index) =>
              callsOf(index + round).act(token[who], id, action, { version, ...body }),
            ),
          )
          const [first, second] = answers
          const told = [pair.map(({ action }) => action), answers.map(({ errno }) => errno)]
          const isSame = pair[0] === pair[1]
          const losers = answers.filter(({ errno }) => errno !== 0)
          if (isSame) expect([...told, first?.data]).toEqual([...told, second?.data])
          else expect(losers, JSON.stringify(told)).toHaveLength(1)
          // STALE, or the meeting is gone or hidden again.
          for (const { errno } of losers) expect([504, 708]).toContain(errno)
          const read = await tools.read(token.creator, id)
          if (read.errno === 0) expect(read.data.version).toBe(version + 1)
        }
      }
      await expectWhole()
    },
    600_000,
  )

  it(`gives a room to one of ${AT_ONCE} who take it at once`, async () => {
    const { owner, people } = await tools.newTeam('甲')
    const room = (await tools.addRoom(owner)).data.id
    const meeting: Partial<CreateMeetingRequest> = {
      roomId: room,
      startsAt: inHours(24),
      endsAt: inHours(25),
      participantIds: [people.甲.memberId],
    }
    const drafts = await Promise.all(
      Array.from({ length: AT_ONCE }, () => tools.create(owner, meeting)),
    )

    const answers = await Promise.all(
      drafts.map(({ data }, index) =>
        callsOf(index).act(owner, data.id, 'submit', { version: data.version }),
      ),
    )

    expect(tally(answers.map(({ errno }) => errno))).toEqual({ 0: 1, 728: AT_ONCE - 1 })
    await expectWhole()
  }, 120_000)

  it(`leaves no gap, overlap or deadlock after ${MOVES} moves at once`, async () => {
    const { owner, people } = await tools.newTeam('甲')
    const rooms = [(await tools.addRoom(owner)).data.id, (await tools.addRoom(owner)).data.id]
    const hour = (at: number) => ({ startsAt: inHours(48 + at), endsAt: inHours(49 + at) })
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        tools.announce(owner, {
          roomId: rooms[at % 2] ?? null,
          ...hour(at),
          participantIds: [people.甲.memberId],
        }),
      ),
    )
    let random = 7
    const draw = (below: number) => {
      random = (random * 48_271) % 2_147_483_647
      return random % below
    }
    const move = async (index: number) => {
      const id = ids[draw(ids.length)] ?? ''
      const calls = callsOf(index)
      const { version } = (await calls.read(owner, id)).data
      const roomId = rooms[draw(2)] ?? null
      return (await calls.update(owner, id, { version, roomId, ...hour(draw(12)) })).errno
    }

    const moves = Array.from({ length: MOVES }, (_, index) => index)
    const errnos = await inTurns(moves, move)

    expect(errnos).toHaveLength(MOVES)
    // Moved, somebody else was first, or the room was taken: nothing else.
    expect(
      Object.keys(tally(errnos)).filter((errno) => !['0', '504', '728'].includes(errno)),
    ).toEqual([])
    expect(tally(errnos)[0]).toBeGreaterThan(0)
    await expectWhole()
  }, 180_000)
})

/** Both engines give times as text, in UTC. */
const timeOf = (text: unknown) => {
  const [day = '', time = ''] = String(text).split(/[ T]/)
  return new Date(`${day}T${time.slice(0, 'hh:mm:ss.mmm'.length)}Z`)
}
