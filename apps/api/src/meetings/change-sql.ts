import type { Engine, Transaction } from '../infra/database/engine.ts'
import { addNotices } from '../notices/add.ts'
import { addEvent } from '../org/event.ts'
import { freeSlots, lockRooms, takeSlots } from '../rooms/slots-sql.ts'
import { planTime } from './lifecycle.ts'
import type { Locked, Plan } from './plan.ts'
import type { Meeting, ReplyName } from './rows.ts'
import { numberOfPart, numberOfReply, partOf, replyOf, toMeeting, WITH_NAMES } from './rows.ts'
import { MeetingState, timeStep } from './state.ts'
import type { MeetingVotes } from './votes.ts'

const AT_ONCE = 500

type Stamp = {
  /** Null for time itself. */
  actorId: number | null
  requestId: string
  at: Date
}

/** A meeting that is made, already with everybody's place. */
export type NewMeeting = Pick<
  Meeting,
  | 'publicId'
  | 'orgId'
  | 'requestId'
  | 'creatorId'
  | 'hostId'
  | 'recorderId'
  | 'auditorId'
  | 'title'
  | 'agenda'
  | 'location'
  | 'roomId'
  | 'startsAt'
  | 'endsAt'
  | 'lateAfterMin'
> & { people: Plan['added'] }

export type ChangeStore = ReturnType<typeof createChangeStore>

/**
 * Every change of a meeting goes through here: its row is locked first, so that of two changes the second
 * decides on what the first has left. `decide` plans on the locked meeting; what it throws undoes all.
 */
export const createChangeStore = (engine: Engine, votes: MeetingVotes) => ({
  /** Resolves to the meeting as it is then; null when there is none, or none any more. */
  async change(
    publicId: string,
    stamp: Stamp,
    decide: (locked: Locked) => Plan | null,
  ): Promise<Meeting | null> {
    let hadOpenVotes = false
    const changed = await engine.transact(async (tx) => {
      if (!(await lock(tx, publicId))) return null
      const locked = await moveByTime(tx, votes, publicId, stamp)
      hadOpenVotes = locked.meeting.openVotes > 0
      const plan = decide(locked)
      if (plan === null) return locked.meeting
      await apply(tx, votes, locked, { plan, stamp, isDecided: true })
      return plan.gone ? null : (await read(tx, publicId)).meeting
    })
    // Of ballots that were counted, none as it was cast.
    if (hadOpenVotes && changed?.openVotes === 0) await engine.eraseTraces()
    return changed
  },

  /** Makes meetings with what else happens to each at once: all, or none. */
  create: (
    meetings: readonly NewMeeting[],
    stamp: Stamp,
    decide: ((locked: Locked) => Plan) | null,
  ): Promise<Meeting[]> =>
    engine.transact(async (tx) => {
      const made: Meeting[] = []
      await lockRooms(tx, decide === null ? [] : meetings.map(({ roomId }) => roomId))
      for (const meeting of meetings) {
        await insert(tx, meeting, stamp)
        if (decide !== null) {
          const locked = await read(tx, meeting.publicId)
          await apply(tx, votes, locked, { plan: decide(locked), stamp, isDecided: true })
        }
        made.push((await read(tx, meeting.publicId)).meeting)
      }
      return made
    }),

  /**
   * Writes a reply when `check` lets it pass on the locked meeting; a move of the meeting waits, so no
   * reply to the old time survives it. False when the member does not take part.
   */
  reply: (
    publicId: string,
    {
      memberId,
      at,
      reply,
      reason,
    }: { memberId: number; at: Date; reply: ReplyName; reason: string | null },
    check: (meeting: Meeting) => void,
  ): Promise<boolean> =>
    engine.transact(async (tx) => {
      if (!(await lock(tx, publicId))) return false
      const row = await tx.meeting.findUniqueOrThrow({ where: { publicId }, include: WITH_NAMES })
      check(toMeeting(row))
      const { count } = await tx.meetingParticipant.updateMany({
        where: { meetingId: row.id, memberId },
        data: { reply: numberOfReply(reply), replyReason: reason, repliedAt: at, seenAt: at },
      })
      return count > 0
    }),

  /** The meetings that a client made by these requests. */
  findMade: async (creatorId: number, requestIds: readonly string[]): Promise<Meeting[]> => {
    const rows = await engine.run((client) =>
      client.meeting.findMany({
        where: { creatorId, requestId: { in: [...requestIds] } },
        include: WITH_NAMES,
        orderBy: { startsAt: 'asc' },
      }),
    )
    return rows.map(toMeeting)
  },

  /** Meetings that time has moved on, but whose rows do not say so yet. */
  findMoved: (now: Date, overdue: Date, limit: number): Promise<{ publicId: string }[]> =>
    engine.run(async (client) => {
      const select = { publicId: true } as const
      const begun = await client.meeting.findMany({
        where: {
          state: { in: [MeetingState.pending, MeetingState.scheduled] },
          startsAt: { lte: now },
        },
        select,
        take: limit,
      })
      const over = await client.meeting.findMany({
        where: { state: MeetingState.running, endsAt: { lte: overdue }, openVotes: 0 },
        select,
        take: limit,
      })
      return [...begun, ...over]
    }),
})

/** A transaction that has read could not become one that writes on SQLite: it begins with a write. */
const lock = async (tx: Transaction, publicId: string): Promise<boolean> => {
  await tx.$executeRaw`UPDATE meeting SET version = version WHERE public_id = ${publicId}`
  return (await tx.meeting.findUnique({ where: { publicId }, select: { id: true } })) !== null
}

const read = async (tx: Transaction, publicId: string): Promise<Locked> => {
  const row = await tx.meeting.findUniqueOrThrow({ where: { publicId }, include: WITH_NAMES })
  const people = await tx.meetingParticipant.findMany({
    where: { meetingId: row.id },
    select: { memberId: true, role: true, reply: true, seenAt: true },
    orderBy: { memberId: 'asc' },
  })
  return {
    meeting: toMeeting(row),
    people: people.map(({ memberId, role, reply, seenAt }) => ({
      memberId,
      part: partOf(role),
      reply: replyOf(reply),
      seenAt,
    })),
  }
}

const moveByTime = async (
  tx: Transaction,
  votes: MeetingVotes,
  publicId: string,
  stamp: Stamp,
): Promise<Locked> => {
  let locked = await read(tx, publicId)
  if (locked.meeting.openVotes > 0) {
    await votes.settle(tx, locked.meeting.id, 'close due', stamp)
    locked = await read(tx, publicId)
  }
  for (;;) {
    const step = timeStep(locked.meeting, stamp.at.getTime())
    if (step === null) return locked
    const plan = planTime(locked, step)
    const ofTime = { ...stamp, actorId: null }
    await apply(tx, votes, locked, { plan, stamp: ofTime, isDecided: false })
    locked = await read(tx, publicId)
  }
}

const insert = async (
  tx: Transaction,
  { people, ...meeting }: NewMeeting,
  { actorId, requestId, at }: Stamp,
) => {
  const { id } = await tx.meeting.create({
    data: {
      ...meeting,
      state: MeetingState.draft,
      people: people.length,
      lastAction: 'create',
      lastActorId: actorId,
      createdAt: at,
      updatedAt: at,
    },
    select: { id: true },
  })
  await addPeople(tx, { id, startsAt: meeting.startsAt }, people)
  const subject = meeting.publicId
  const { orgId } = meeting
  await addEvent(tx, { orgId, actorId, kind: 'meeting', subject, detail: 'create', requestId, at })
}

const addPeople = async (
  tx: Transaction,
  { id, startsAt }: Pick<Meeting, 'id' | 'startsAt'>,
  places: Plan['added'],
) => {
  const rows = places
    .map(({ memberId, part }) => ({ meetingId: id, memberId, role: numberOfPart(part), startsAt }))
    .sort((one, other) => one.memberId - other.memberId)
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await tx.meetingParticipant.createMany({ data: rows.slice(from, from + AT_ONCE) })
  }
}

type Applying = {
  plan: Plan
  stamp: Stamp
  /** By people; time leaves the version as clients have seen it. */
  isDecided: boolean
}

const apply = async (
  tx: Transaction,
  votes: MeetingVotes,
  locked: Locked,
  { plan, stamp, isDecided }: Applying,
) => {
  const { meeting } = locked
  const { actorId, requestId, at } = stamp
  const { id, orgId, publicId } = meeting
  const { state, ...columns } = plan.change
  const now = { ...meeting, ...plan.change }
  if (plan.slots === 'take') await lockRooms(tx, [meeting.roomId, now.roomId])
  if (plan.gone) {
    await freeSlots(tx, id)
    await tx.notice.deleteMany({ where: { meetingId: id } })
    await votes.settle(tx, id, 'remove', stamp)
    await tx.outbox.deleteMany({ where: { meetingId: id } })
    await tx.meeting.delete({ where: { id } })
  } else {
    await tx.meeting.update({
      where: { id },
      data: {
        ...columns,
        ...(state === undefined ? {} : { state: MeetingState[state] }),
        updatedAt: at,
        lastAction: plan.action,
        lastActorId: actorId,
        ...(isDecided ? { version: { increment: 1 } } : {}),
      },
    })
    await applySlots(tx, now, plan.slots, at)
    await applyPeople(tx, now, plan)
    if (plan.votes !== 'keep') await votes.settle(tx, id, plan.votes, stamp)
    for (const { kind, to, reason = null } of plan.tells) {
      const onceKey = `${publicId}:${now.version}:${plan.action}:${kind}`
      const about = { meetingId: id, title: now.title, startsAt: now.startsAt }
      await addNotices(tx, { ...about, orgId, kind, to, onceKey, reason, at })
    }
  }
  const detail = state === undefined ? plan.action : `${plan.action} ${state}`
  const event = { orgId, actorId, kind: 'meeting', subject: publicId, detail } as const
  await addEvent(tx, { ...event, requestId, at })
}

const applySlots = async (
  tx: Transaction,
  { id, roomId, startsAt, endsAt }: Meeting,
  slots: Plan['slots'],
  at: Date,
) => {
  if (slots === 'free') await freeSlots(tx, id)
  if (slots === 'rest') await freeSlots(tx, id, at)
  if (slots === 'take' && roomId !== null) {
    await takeSlots(tx, { meetingId: id, roomId, startsAt, endsAt })
  }
}

const applyPeople = async (tx: Transaction, meeting: Meeting, plan: Plan) => {
  const { id, startsAt } = meeting
  const { added, removed, moved, change, resetsReplies } = plan
  if (removed.length > 0) {
    await tx.meetingParticipant.deleteMany({
      where: { meetingId: id, memberId: { in: [...removed] } },
    })
  }
  for (const { memberId, part } of moved) {
    await tx.meetingParticipant.update({
      where: { meetingId_memberId: { meetingId: id, memberId } },
      data: { role: numberOfPart(part) },
    })
  }
  const isCancelled = change.state === 'cancelled'
  if (change.startsAt !== undefined || isCancelled || resetsReplies) {
    await tx.meetingParticipant.updateMany({
      where: { meetingId: id },
      data: { startsAt, isCancelled, ...(resetsReplies ? NOT_REPLIED : {}) },
    })
  }
  await addPeople(tx, meeting, added)
}

/** Who was there already was there at another time or place. */
const NOT_REPLIED = {
  reply: 0,
  replyReason: null,
  repliedAt: null,
  seenAt: null,
  checkedInAt: null,
  checkInWay: null,
  checkedInBy: null,
  checkInReason: null,
}
