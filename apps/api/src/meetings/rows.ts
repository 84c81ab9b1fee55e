import type { Prisma } from '../generated/mysql/client.ts'
import type { StateName } from './state.ts'
import { stateNameOf } from './state.ts'

const NAMED = { select: { id: true, publicId: true, name: true } } as const
/** Who has to be there still when the meeting is announced. */
const STANDING = { select: { ...NAMED.select, status: true, role: true } } as const

export const WITH_NAMES = {
  org: {
    select: {
      id: true,
      publicId: true,
      name: true,
      timeZone: true,
      approval: true,
      checkInOpensMin: true,
    },
  },
  creator: NAMED,
  host: STANDING,
  recorder: NAMED,
  auditor: STANDING,
  room: {
    select: {
      id: true,
      publicId: true,
      name: true,
      needsApproval: true,
      opensMin: true,
      closesMin: true,
      maxMin: true,
    },
  },
} as const satisfies Prisma.MeetingInclude

export type MeetingRow = Prisma.MeetingGetPayload<{ include: typeof WITH_NAMES }>

/** A meeting with the names of those who have a part in it. */
export type Meeting = Omit<MeetingRow, 'state'> & { state: StateName }

export const toMeeting = ({ state, ...row }: MeetingRow): Meeting => ({
  ...row,
  state: stateNameOf(state),
})

/** `meeting_participant.role`, by its number. */
export const PARTS = ['participant', 'observer', 'host', 'recorder'] as const
export type Part = (typeof PARTS)[number]
export const partOf = (number: number): Part => PARTS[number] ?? 'participant'
export const numberOfPart = (part: Part): number => PARTS.indexOf(part)

/** `meeting_participant.reply`, by its number. */
export const REPLIES = ['none', 'yes', 'no'] as const
export type ReplyName = (typeof REPLIES)[number]
export const replyOf = (number: number): ReplyName => REPLIES[number] ?? 'none'
export const numberOfReply = (reply: ReplyName): number => REPLIES.indexOf(reply)

/** `meeting_participant.check_in_way`; the CHECK constraint of the column keeps to these. */
export type CheckInWay = 'code' | 'hand' | 'undone'
export const checkInWayOf = (text: string | null) => text as CheckInWay | null

export type Participant = { memberId: number; part: Part; reply: ReplyName; seenAt: Date | null }
