import type { CreateVoteRequest } from '@oa/contracts'
import type { Clock } from '../infra/database/clock.ts'
import type { Meetings } from '../meetings/service.ts'
import type { NewId } from '../org/rows.ts'
import type { Rooms } from '../rooms/service.ts'
import { SLOT_MS } from '../rooms/times.ts'
import type { Votes } from '../votes/service.ts'
import type { Colleague, DemoStore } from './sql.ts'

const HOUR_MS = 3_600_000
const MORNING = 10
/** As the log and the company's record name it. */
const REQUEST = 'demo'

type Org = { id: number; publicId: string }
type Deps = {
  store: DemoStore
  meetings: Pick<Meetings, 'edits' | 'actions'>
  votes: Pick<Votes, 'edits' | 'actions'>
  rooms: Pick<Rooms, 'list' | 'listFree'>
  clock: Clock
  newId: NewId
}

export type Greeter = ReturnType<typeof createGreeter>

const onSlot = (time: number) => Math.ceil(time / SLOT_MS) * SLOT_MS

/** Calls meetings with everybody in the demo company, through the same services as any request. */
export const createGreeter = ({ store, meetings, votes, rooms, clock, newId }: Deps) => {
  const announce = async (host: Colleague, orgId: string, meeting: Announced) => {
    const { startsAt, endsAt, participantIds } = meeting
    const span = { from: startsAt, to: endsAt, people: String(participantIds.length + 1) }
    const [room] = await rooms.listFree(host.user, { orgId, ...span })
    const roomId = room?.publicId ?? null
    const request = { ...meeting, orgId, roomId, requestId: newId() }
    const made = await meetings.edits.create(host.user, request, REQUEST)
    const asking = { action: 'submit', version: made.version } as const
    return meetings.actions.act(host.user, made.publicId, asking, REQUEST)
  }

  const openVote = async (host: Colleague, orgId: string, meetingId: string) => {
    const request: CreateVoteRequest = {
      orgId,
      meetingId,
      requestId: newId(),
      title: '团建去哪里',
      kind: 'choice',
      secrecy: 'named',
      changeable: true,
      results: 'live',
      options: ['周边露营', '看电影', '桌游'],
      abstain: true,
      electorate: 'participants',
    }
    const { publicId, version } = await votes.edits.create(host.user, request, REQUEST)
    await votes.actions.act(host.user, publicId, { action: 'open', version }, REQUEST)
  }

  return {
    /** Its owner; null before the company is complete: the rooms are what `pnpm dev` makes last. */
    async findHost({ id, publicId }: Org): Promise<Colleague | null> {
      const host = (await store.listColleagues(id)).find(({ isOwner }) => isOwner)
      if (host === undefined) return null
      return (await rooms.list(host.user, publicId)).length === 0 ? null : host
    },

    /** One meeting that runs, in which a vote is open, and one to reply to. */
    async greet({ id, publicId }: Org, host: Colleague): Promise<void> {
      const colleagues = await store.listColleagues(id)
      const participantIds = colleagues.map((one) => one.id).filter((one) => one !== host.id)
      const soon = onSlot(clock.now() + SLOT_MS)
      const today = await announce(host, publicId, {
        title: '新同事见面会',
        agenda: '1. 自我介绍\n2. 会议OA 怎么用：签到、请假、投票\n3. 团建去哪里',
        ...spanOf(soon),
        participantIds,
      })
      if (today !== null) {
        const start = { action: 'start', version: today.version } as const
        await meetings.actions.act(host.user, today.publicId, start, REQUEST)
        await openVote(host, publicId, today.publicId)
      }
      await announce(host, publicId, {
        title: '周例会',
        agenda: '1. 上周进展\n2. 本周安排\n3. 需要协调的问题',
        ...spanOf(tomorrow(clock.now())),
        participantIds,
      })
    },
  }
}

/** The developer's. */
const tomorrow = (now: number): number => {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING).getTime()
}

type Announced = {
  title: string
  agenda: string
  startsAt: string
  endsAt: string
  participantIds: string[]
}

const spanOf = (start: number) => ({
  startsAt: new Date(start).toISOString(),
  endsAt: new Date(start + HOUR_MS).toISOString(),
})
