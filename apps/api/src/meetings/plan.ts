import type { NoticeKind } from '../notices/kinds.ts'
import type { Meeting, Part, Participant } from './rows.ts'
import type { StateName } from './state.ts'

/** A meeting whose row is locked, with everybody who takes part. */
export type Locked = { meeting: Meeting; people: readonly Participant[] }

/** Columns of the meeting that a change writes. */
export type MeetingChange = Partial<
  Pick<
    Meeting,
    | 'title'
    | 'agenda'
    | 'location'
    | 'roomId'
    | 'startsAt'
    | 'endsAt'
    | 'hostId'
    | 'recorderId'
    | 'auditorId'
    | 'startedAt'
    | 'endedAt'
    | 'submittedAt'
    | 'decidedAt'
    | 'remindedAt'
    | 'reason'
    | 'sequence'
    | 'people'
  >
> & { state?: StateName }

export type Place = { memberId: number; part: Part }

/** Who is told what, by the number of the member. */
export type Told = { kind: NoticeKind; to: readonly number[]; reason?: string | null }

/** Everything that one change writes, in one transaction. */
export type Plan = {
  /** As the record of the company and a repeated request name it. */
  action: string
  change: MeetingChange
  /** `rest`: from now on. */
  slots: 'keep' | 'free' | 'rest' | 'take'
  added: readonly Place[]
  removed: readonly number[]
  moved: readonly Place[]
  resetsReplies: boolean
  tells: readonly Told[]
  /** What becomes of its votes; those that are over stay. */
  votes: 'keep' | 'close' | 'cancel'
  /** The meeting itself goes. */
  gone: boolean
}

/** A plan that writes nothing but what is given. */
export const planOf = (action: string, parts: Partial<Omit<Plan, 'action'>> = {}): Plan => ({
  action,
  change: {},
  slots: 'keep',
  added: [],
  removed: [],
  moved: [],
  resetsReplies: false,
  tells: [],
  votes: 'keep',
  gone: false,
  ...parts,
})

/** Everybody who takes part, but for those who know already. */
export const everybody = (people: readonly Participant[], ...but: readonly (number | null)[]) =>
  people.map(({ memberId }) => memberId).filter((id) => !but.includes(id))
