import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openConfiguredStores } from '../src/core.ts'
import { BusinessError } from '../src/errors/business-error.ts'
import { createLogger } from '../src/infra/logging/logger.ts'
import type { Meetings } from '../src/meetings/service.ts'
import { createMeetings } from '../src/meetings/service.ts'
import { createAccess } from '../src/org/access.ts'
import { slotsOf } from '../src/rooms/times.ts'
import type { User } from '../src/users/user.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import type { Command, Model, Step, Who } from './support/meeting-model.ts'
import { expectOutcome, passTime, sees, WHO } from './support/meeting-model.ts'
import { meetingTools } from './support/meetings.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

/** The long form: MEETING_HISTORIES=10000 pnpm test --project api meeting-histories */
const RUNS = Number(process.env.MEETING_HISTORIES ?? 15)
const MINUTE_MS = 60_000
const SLOT_MIN = 5
const TAKEN = [300, 360] as const

const minutes = (max: number) =>
  fc.integer({ min: 0, max: max / SLOT_MIN }).map((n) => n * SLOT_MIN)
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Command>({ do: 'submit' }, { do: 'start' }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Command>({ do: 'approve' }, { do: 'reject' }, { do: 'withdraw' }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Command>({ do: 'end' }, { do: 'cancel' }, { do: 'delete' }),
  },
  { weight: 4, arbitrary: minutes(2_000).map((to): Command => ({ do: 'extend', to })) },
  {
    weight: 4,
    arbitrary: fc
      .record({ start: minutes(400), minutes: minutes(240).map((length) => length + SLOT_MIN) })
      .map((span): Command => ({ do: 'move', ...span })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('甲', '乙').map((title): Command => ({ do: 'rename', title })),
  },
  { weight: 2, arbitrary: fc.boolean().map((full): Command => ({ do: 'people', full })) },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      // Mostly somebody who has a say.
      who: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom<Who>('creator', 'host', 'auditor') },
        { weight: 2, arbitrary: fc.constantFrom(...WHO) },
      ),
      stale: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      command,
    }),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }).map((wait) => ({ wait })) },
)

const by = (who: Who, command: Command): Step => ({ who, stale: false, command })
const ANNOUNCED = [by('host', { do: 'submit' }), by('auditor', { do: 'approve' })]
/** So that every state is begun from. */
const OPENINGS: Step[][] = [
  [],
  [by('creator', { do: 'submit' })],
  ANNOUNCED,
  [...ANNOUNCED, { wait: 35 }, by('host', { do: 'start' })],
  [...ANNOUNCED, { wait: 65 }],
]
const history = fc
  .tuple(fc.constantFrom(...OPENINGS), fc.array(step, { minLength: 4, maxLength: 16 }))
  .map(([opening, rest]) => [...opening, ...rest])

describeOnEachEngine('However a meeting is acted on,', (engine) => {
  let api: TestApi
  let stores: Awaited<ReturnType<typeof openConfiguredStores>>
  let meetings: Meetings
  let clockMs = 0
  let tools: ReturnType<typeof meetingTools>
  let owner = ''
  const users = {} as Record<Who, User>
  const members = {} as Record<Who, string>

  const rowsOf = (statement: string) => queryRows(api.config.database, statement)

  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    tools = meetingTools(api)
    const team = await tools.newTeam(...WHO.filter((who) => who !== 'stranger'))
    const other = await tools.newTeam('stranger')
    owner = team.owner
    await tools.appoint(owner, team.people.auditor.memberId, 'admin')
    await tools.appoint(owner, team.people.admin.memberId, 'admin')
    const people: Record<Who, { memberId: string }> = { ...team.people, ...other.people }
    for (const who of WHO) {
      members[who] = people[who].memberId
      const [row] = await rowsOf(
        `SELECT user_id AS id FROM org_member WHERE public_id = '${members[who]}'`,
      )
      // The features read nothing else of a user here.
      users[who] = { id: Number(row?.id) } as User
    }
    const policy = await api.call<{ version: number }>('/wx/admin/policy', { token: owner })
    const body = { version: policy.data.version, approval: 'rooms' }
    await api.call('/wx/admin/policy', { method: 'POST', token: owner, body })
    stores = await openConfiguredStores(
      api.config,
      createLogger({ level: 'error', readable: false }),
    )
    meetings = createMeetings({
      access: createAccess(stores.orgs.access),
      stores: stores.meetings,
      membersOf: async () => [],
      judge: async () => 'allowed',
      clock: { now: () => clockMs },
    })
  }, 60_000)
  afterAll(async () => {
    await stores?.close()
    await api.close()
  })

  const errnoOf = async (work: Promise<unknown>): Promise<number> => {
    try {
      await work
      return 0
    } catch (error) {
      if (error instanceof BusinessError) return error.errno
      throw error
    }
  }

  /** A meeting in a room that somebody else has from TAKEN on, and what acts on it. */
  const begin = async (needsApproval: boolean) => {
    const t0 = Math.ceil(Date.now() / (SLOT_MIN * MINUTE_MS)) * SLOT_MIN * MINUTE_MS
    const at = (minute: number) => new Date(t0 + minute * MINUTE_MS).toISOString()
    const setNow = (minute: number) => {
      clockMs = t0 + minute * MINUTE_MS
    }
    setNow(0)
    const roomId = (await tools.addRoom(owner, { needsApproval: false })).data.id
    const common = { roomId, auditorId: members.auditor, hostId: members.host }
    const others = { recorderId: members.recorder, participantIds: [members.participant] }
    const create = (start: number, end: number) =>
      meetings.edits.create(
        users.creator,
        {
          ...common,
          ...others,
          observerIds: [members.observer],
          requestId: randomUUID(),
          title: '甲',
          startsAt: at(start),
          endsAt: at(end),
        },
        'test',
      )
    const foreign = await create(...TAKEN)
    await meetings.actions.act(
      users.creator,
      foreign.publicId,
      { action: 'submit', version: 1 },
      'test',
    )
    if (needsApproval) {
      await tools.changeRoom(owner, roomId, { version: 1, needsApproval: true })
    }
    const { publicId: id } = await create(60, 120)
    const model: Model = {
      now: 0,
      state: 'draft',
      version: 1,
      title: '甲',
      start: 60,
      end: 120,
      full: true,
      needsApproval,
      taken: TAKEN,
      last: null,
    }
    const run = ({ who, stale, command }: Exclude<Step, { wait: number }>, { version }: Model) => {
      const user = users[who]
      const asked = stale ? version - 1 : version
      const update = (fields: object) =>
        meetings.edits.update(user, id, { version: asked, ...fields }, 'test')
      switch (command.do) {
        case 'rename':
          return update({ title: command.title })
        case 'people':
          return update(command.full ? others : { recorderId: null, participantIds: [] })
        case 'move':
          return update({
            startsAt: at(command.start),
            endsAt: at(command.start + command.minutes),
          })
        default:
          return meetings.actions.act(
            user,
            id,
            {
              action: command.do,
              version: asked,
              reason: ['reject', 'cancel'].includes(command.do) ? '原因' : undefined,
              endsAt: command.do === 'extend' ? new Date(at(command.to)) : undefined,
            },
            'test',
          )
      }
    }
    /** The rows say what the model says, once time has been made true in them. */
    const compare = async (expected: Model) => {
      await meetings.moveByTime()
      const slots = async () =>
        (
          await rowsOf(
            `SELECT slot FROM room_slot JOIN meeting ON meeting.id = meeting_id WHERE public_id = '${id}' ORDER BY slot`,
          )
        ).map(({ slot }) => Number(slot))
      if (expected.state === 'gone') {
        expect(await rowsOf(`SELECT id FROM meeting WHERE public_id = '${id}'`)).toEqual([])
        return
      }
      const { meeting } = await meetings.details.read(users.host, id)
      const found = {
        state: meeting.state,
        version: meeting.version,
        title: meeting.title,
        start: at(expected.start),
        end: meeting.endsAt.toISOString(),
      }
      expect(found).toEqual({
        state: expected.state,
        version: expected.version,
        title: expected.title,
        start: meeting.startsAt.toISOString(),
        end: at(expected.end),
      })
      const span = slotsOf(meeting)
      const held = await slots()
      const isHeld = ['pending', 'scheduled', 'running'].includes(expected.state)
      if (expected.state === 'ended') expect(span).toEqual(expect.arrayContaining(held))
      else expect(held).toEqual(isHeld ? span : [])
      const strays = await rowsOf(
        `SELECT member_id FROM meeting_participant p JOIN meeting m ON m.id = p.meeting_id
          WHERE m.public_id = '${id}' AND p.starts_at <> m.starts_at`,
      )
      expect(strays).toEqual([])
      const [row] = await rowsOf(
        `SELECT people, (SELECT COUNT(*) FROM meeting_participant WHERE meeting_id = m.id) AS places
          FROM meeting m WHERE public_id = '${id}'`,
      )
      expect(Number(row?.people)).toBe(Number(row?.places))
    }
    return { id, model, run, compare, setNow }
  }

  it(`its history is a path of the design's table, in ${RUNS} random ones`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), history, async (needsApproval, steps) => {
        const { id, run, compare, setNow, ...begun } = await begin(needsApproval)
        let { model } = begun
        for (const one of steps) {
          if ('wait' in one) {
            model = passTime({ ...model, now: model.now + one.wait })
            setNow(model.now)
          } else {
            const outcome = expectOutcome(model, one)
            expect({ ...one, errno: await errnoOf(run(one, model)) }).toEqual({
              ...one,
              errno: outcome.errno,
            })
            model = outcome.model
          }
          await compare(model)
          if (model.state === 'gone') break
        }
        for (const who of WHO) {
          const errno = await errnoOf(meetings.details.read(users[who], id))
          expect([who, errno]).toEqual([who, sees(model, who) ? 0 : 708])
        }
      }),
      { numRuns: RUNS },
    )
  }, 600_000)

  it('what time does and what somebody does at that moment leave one truth', async () => {
    for (const [command, now] of [
      [{ do: 'start' }, 60],
      [{ do: 'cancel' }, 60],
      [{ do: 'move', start: 120, minutes: 30 }, 60],
      [{ do: 'submit' }, 60],
    ] satisfies [Command, number][]) {
      const { model, run, compare, setNow } = await begin(false)
      const submit = { who: 'host', stale: false, command: { do: 'submit' } } as const
      let expected = expectOutcome(model, submit).model
      await run(submit, model)
      setNow(now)
      const late = { who: 'host', stale: false, command } as const
      expected = { ...expected, now }
      const outcome = expectOutcome(expected, late)
      const [errno] = await Promise.all([
        errnoOf(run(late, expected)),
        meetings.moveByTime(),
        meetings.moveByTime(),
      ])
      expect([command.do, errno]).toEqual([command.do, outcome.errno])
      await compare(outcome.model)
    }
  }, 60_000)
})
