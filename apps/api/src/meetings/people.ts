import type { MeetingPeopleParams, ReplyRequest } from '@oa/contracts'
import {
  badValue,
  forbidden,
  meetingState,
  notFound,
  notNow,
  staleMeeting,
} from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { AttendanceStatus } from './attendance.ts'
import { attendanceOf, lateFrom } from './attendance.ts'
import type { ChangeStore } from './change-sql.ts'
import { planOf } from './plan.ts'
import { seesReplies } from './roles.ts'
import type { CheckInWay, Meeting, Part, ReplyName } from './rows.ts'
import { checkInWayOf, numberOfReply, partOf, replyOf } from './rows.ts'
import type { MeetingStore } from './sql.ts'
import { PEOPLE_PAGE } from './sql.ts'
import { effectiveState } from './state.ts'
import { isOrganiser } from './transitions.ts'
import type { Viewer } from './viewer.ts'

const REMIND_EVERY_MS = 2 * 3_600_000

type Deps = {
  viewer: Viewer
  store: MeetingStore
  changes: ChangeStore
  requireReason(user: User, reason: string | undefined): Promise<void>
  clock: Clock
}

/** Somebody who takes part; the answer is null for those who are not told it. */
export type Attendant = {
  memberId: string
  name: string
  title: string
  avatarUrl: string
  part: Part
  reply: ReplyName | null
  reason: string | null
  seen: boolean | null
  status: AttendanceStatus | null
  checkedInAt: Date | null
  checkInWay: CheckInWay | null
  /** The name of who did it by hand. */
  checkInBy: string | null
  checkInReason: string | null
}

export type People = ReturnType<typeof createPeople>

/** Who takes part, who comes, and who has seen it. */
export const createPeople = ({ viewer, store, changes, requireReason, clock }: Deps) => ({
  async list(
    user: User,
    publicId: string,
    { filter = 'all', cursor }: MeetingPeopleParams,
  ): Promise<{ people: Attendant[]; next: string | null }> {
    const { meeting, roles, actor } = await viewer.viewWhole(user, publicId)
    const told = seesReplies(roles)
    if (filter !== 'all' && !told) throw forbidden('organisersOnly')
    const after = cursor === undefined ? null : await store.findMember(meeting.id, cursor)
    if (cursor !== undefined && after === null) throw badValue('cursor')
    const found = await store.listPeople(meeting.id, { filter: filterOf(filter, meeting), after })
    const rows = found.slice(0, PEOPLE_PAGE)
    const byHand = rows.filter(({ checkInWay }) => told && checkInWay !== 'code')
    const names = await store.namesOf(byHand.map(({ checkedInBy }) => checkedInBy))
    const people = rows.map(({ member, memberId, role, reply, replyReason, seenAt, ...row }) => ({
      memberId: member.publicId,
      name: member.name,
      title: member.title,
      avatarUrl: member.user?.avatarUrl ?? '',
      part: partOf(role),
      reply: told || memberId === actor.id ? replyOf(reply) : null,
      reason: told || memberId === actor.id ? replyReason : null,
      seen: told ? seenAt !== null : null,
      ...(told || memberId === actor.id ? presenceOf({ ...row, reply }, meeting, names) : UNTOLD),
    }))
    const last = people.at(-1)
    return { people, next: found.length > PEOPLE_PAGE && last ? last.memberId : null }
  },

  /** Remembers the first time that the caller opened the meeting. */
  async see(user: User, publicId: string): Promise<void> {
    const { meeting, actor, place } = await viewer.view(user, publicId)
    if (place === null) throw notFound()
    if (place.seenAt === null) await store.see(meeting.id, actor.id, new Date(clock.now()))
  },

  /** May be changed until the start. A reply to a time that was moved since is STALE. */
  async reply(
    user: User,
    publicId: string,
    { sequence, reply, reason }: ReplyRequest,
  ): Promise<void> {
    const { actor, place } = await viewer.view(user, publicId)
    if (place === null) throw notFound()
    await requireReason(user, reason)
    const now = clock.now()
    const check = (meeting: Meeting) => {
      if (effectiveState(meeting, now) !== 'scheduled') throw meetingState()
      if (meeting.sequence !== sequence) throw staleMeeting()
    }
    const own = { memberId: actor.id, at: new Date(now), reply, reason: reason ?? null }
    if (!(await changes.reply(publicId, own, check))) throw notFound()
  },

  /** Tells those who have neither replied nor opened the meeting; resolves to how many. */
  async remind(user: User, publicId: string, requestId: string): Promise<number> {
    const { actor, roles } = await viewer.viewWhole(user, publicId)
    if (!isOrganiser(roles)) throw forbidden('organisersOnly')
    const now = clock.now()
    let reminded = 0
    const stamp = { actorId: actor.id, requestId, at: new Date(now) }
    await changes.change(publicId, stamp, ({ meeting, people }) => {
      if (meeting.state !== 'scheduled') throw meetingState()
      const last = meeting.remindedAt?.getTime() ?? 0
      if (now - last < REMIND_EVERY_MS) throw notNow('reminded')
      const to = people
        .filter(({ memberId, reply }) => memberId !== actor.id && reply === 'none')
        .map(({ memberId }) => memberId)
      reminded = to.length
      if (to.length === 0) return null
      return planOf('remind', {
        change: { remindedAt: stamp.at },
        tells: [{ kind: 'remind', to }],
      })
    })
    return reminded
  },
})

const UNTOLD = {
  status: null,
  checkedInAt: null,
  checkInWay: null,
  checkInBy: null,
  checkInReason: null,
}

const presenceOf = (
  row: {
    reply: number
    checkedInAt: Date | null
    checkInWay: string | null
    checkedInBy: number | null
    checkInReason: string | null
  },
  meeting: Meeting,
  names: ReadonlyMap<number, string>,
) => {
  const { checkedInAt, checkedInBy, checkInReason } = row
  const checkInWay = checkInWayOf(row.checkInWay)
  return {
    status: attendanceOf({ reply: replyOf(row.reply), checkedInAt, checkInWay }, meeting),
    checkedInAt,
    checkInWay,
    checkInBy: checkedInBy === null ? null : (names.get(checkedInBy) ?? null),
    checkInReason,
  }
}

const filterOf = (filter: NonNullable<MeetingPeopleParams['filter']>, meeting: Meeting) =>
  filter === 'late'
    ? { checkedInAt: { gt: lateFrom(meeting) }, checkInWay: 'code' }
    : FILTERS[filter]

const FILTERS = {
  all: {},
  yes: { reply: numberOfReply('yes') },
  no: { reply: numberOfReply('no') },
  none: { reply: numberOfReply('none') },
  unseen: { seenAt: null },
  present: { checkedInAt: { not: null } },
  missing: { checkedInAt: null },
} as const
