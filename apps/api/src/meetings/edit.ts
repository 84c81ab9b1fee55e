import type { Locked, MeetingChange, Place, Plan } from './plan.ts'
import { everybody, planOf } from './plan.ts'
import type { Meeting } from './rows.ts'

/** A room that can be taken, with its hours. */
export type ResolvedRoom = {
  id: number
  needsApproval: boolean
  opensMin: number
  closesMin: number
  maxMin: number
}

/** What an edit asks for, by the numbers of members and rooms; what is absent stays. */
export type Asked = {
  title?: string
  agenda?: string
  location?: string
  room?: ResolvedRoom | null
  startsAt?: Date
  endsAt?: Date
  hostId?: number
  recorderId?: number | null
  auditorId?: number | null
  /** Who takes part besides host and recorder. */
  participantIds?: readonly number[]
  observerIds?: readonly number[]
}

/** Everybody's place, each once: host and recorder first, and nobody is participant and observer. */
export const placesOf = ({
  hostId,
  recorderId,
  participantIds,
  observerIds,
}: {
  hostId: number
  recorderId: number | null
  participantIds: readonly number[]
  observerIds: readonly number[]
}): Place[] => {
  const places = new Map<number, Place['part']>([[hostId, 'host']])
  const put = (id: number, part: Place['part']) => {
    if (!places.has(id)) places.set(id, part)
  }
  if (recorderId !== null) put(recorderId, 'recorder')
  for (const id of participantIds) put(id, 'participant')
  for (const id of observerIds) put(id, 'observer')
  return [...places].map(([memberId, part]) => ({ memberId, part }))
}

type Difference = {
  change: MeetingChange
  added: Place[]
  removed: number[]
  moved: Place[]
  /** Time, room or place: what a reply is about. */
  isMoved: boolean
}

/** What an edit changes; the fields that are as asked already are left out. */
export const differenceOf = ({ meeting, people }: Locked, asked: Asked): Difference => {
  const change: MeetingChange = {}
  if (asked.title !== undefined && asked.title !== meeting.title) change.title = asked.title
  if (asked.agenda !== undefined && asked.agenda !== meeting.agenda) change.agenda = asked.agenda
  if (asked.location !== undefined && asked.location !== meeting.location) {
    change.location = asked.location
  }
  if (asked.room !== undefined && (asked.room?.id ?? null) !== meeting.roomId) {
    change.roomId = asked.room?.id ?? null
  }
  if (asked.startsAt !== undefined && isOther(asked.startsAt, meeting.startsAt)) {
    change.startsAt = asked.startsAt
  }
  if (asked.endsAt !== undefined && isOther(asked.endsAt, meeting.endsAt)) {
    change.endsAt = asked.endsAt
  }
  if (asked.hostId !== undefined && asked.hostId !== meeting.hostId) change.hostId = asked.hostId
  if (asked.recorderId !== undefined && asked.recorderId !== meeting.recorderId) {
    change.recorderId = asked.recorderId
  }
  if (asked.auditorId !== undefined && asked.auditorId !== meeting.auditorId) {
    change.auditorId = asked.auditorId
  }
  const isMoved = MOVING.some((name) => name in change)
  return { change, isMoved, ...peopleDifference({ meeting, people }, asked) }
}

const MOVING = ['startsAt', 'endsAt', 'roomId', 'location'] as const

const isOther = (one: Date, other: Date) => one.getTime() !== other.getTime()

const peopleDifference = ({ meeting, people }: Locked, asked: Asked) => {
  const withPart = (part: Place['part']) =>
    people.filter((one) => one.part === part).map(({ memberId }) => memberId)
  const wanted = placesOf({
    hostId: asked.hostId ?? meeting.hostId,
    recorderId: asked.recorderId === undefined ? meeting.recorderId : asked.recorderId,
    participantIds: asked.participantIds ?? withPart('participant'),
    observerIds: asked.observerIds ?? withPart('observer'),
  })
  const before = new Map(people.map(({ memberId, part }) => [memberId, part]))
  const after = new Set(wanted.map(({ memberId }) => memberId))
  return {
    added: wanted.filter(({ memberId }) => !before.has(memberId)),
    removed: people.map(({ memberId }) => memberId).filter((id) => !after.has(id)),
    moved: wanted.filter(({ memberId, part }) => (before.get(memberId) ?? part) !== part),
  }
}

export const isNothing = ({ change, added, removed, moved }: Difference): boolean =>
  Object.keys(change).length + added.length + removed.length + moved.length === 0

/** Participants besides the host, once the edit is made. */
export const othersAfter = ({ meeting, people }: Locked, asked: Asked): number => {
  const { added, removed, moved } = differenceOf({ meeting, people }, asked)
  const hostId = asked.hostId ?? meeting.hostId
  const parts = new Map(people.map(({ memberId, part }) => [memberId, part]))
  for (const id of removed) parts.delete(id)
  for (const { memberId, part } of [...added, ...moved]) parts.set(memberId, part)
  return [...parts].filter(([id, part]) => id !== hostId && part !== 'observer').length
}

/** As the row of a meeting names an edit after which everybody is asked anew. */
export const MOVE = 'move'

type Editing = {
  actorId: number
  now: number
  /** Of the meeting as it will be. */
  needsApproval: boolean
}

/**
 * An edit of a draft changes the draft. One of an announced meeting is told to everybody; when it moves
 * the meeting, replies are asked for anew, and where the rules want it somebody approves again.
 */
export const planEdit = (
  locked: Locked,
  difference: Difference,
  { actorId, now, needsApproval }: Editing,
): Plan => {
  const { meeting, people } = locked
  const { change, added, removed, moved, isMoved } = difference
  const count = people.length + added.length - removed.length
  const counted = count === meeting.people ? {} : { people: count }
  const parts = { added, removed, moved }
  if (meeting.state !== 'scheduled') {
    return planOf('update', { ...parts, change: { ...change, ...counted } })
  }
  const sequence = meeting.sequence + 1
  const takes = isMoved && 'roomId' in change ? change.roomId !== null : isMoved && hasRoom(meeting)
  const auditorId = change.auditorId === undefined ? meeting.auditorId : change.auditorId
  if (isMoved && needsApproval) {
    return planOf(MOVE, {
      ...parts,
      change: { ...change, ...counted, sequence, state: 'pending', submittedAt: new Date(now) },
      slots: takes ? 'take' : 'free',
      resetsReplies: true,
      tells: [{ kind: 'approval_todo', to: auditorId === null ? [] : [auditorId] }],
    })
  }
  const stays = everybody(people, actorId, ...removed)
  return planOf(isMoved ? MOVE : 'update', {
    ...parts,
    change: { ...change, ...counted, sequence },
    slots: isMoved ? (takes ? 'take' : 'free') : 'keep',
    resetsReplies: isMoved,
    tells: [
      { kind: 'invited', to: added.map(({ memberId }) => memberId).filter((id) => id !== actorId) },
      { kind: 'removed', to: removed.filter((id) => id !== actorId) },
      { kind: 'changed', to: tellsOthers(difference) ? stays : [] },
    ],
  })
}

const hasRoom = ({ roomId }: Meeting) => roomId !== null

/** Who else comes is nobody else's news. */
const tellsOthers = ({ change }: Difference) => Object.keys(change).length > 0
