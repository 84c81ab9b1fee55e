/** `meeting.state`, by the numbers that clients of the articles know; 6 is theirs for a vote that is open. */
export const MeetingState = {
  cancelled: 0,
  draft: 1,
  pending: 2,
  rejected: 3,
  scheduled: 4,
  running: 5,
  ended: 7,
} as const

export type StateName = keyof typeof MeetingState

const NAMES = new Map<number, StateName>(
  Object.entries(MeetingState).map(([name, number]) => [number, name as StateName]),
)

/** Of a row; the CHECK constraint of the column keeps to these numbers. */
export const stateNameOf = (number: number): StateName => {
  const name = NAMES.get(number)
  if (name === undefined) throw new Error(`no meeting is in state ${number}`)
  return name
}

/** So long after its planned end a meeting that nobody ended is over. */
export const OVERDUE_MS = 2 * 3_600_000

type Timed = {
  state: StateName
  startsAt: Date
  endsAt: Date
  /** While a vote is open, time does not end the meeting. */
  openVotes: number
}

/** One step that time itself makes, and when it happened; null while none is due. */
export type TimeStep = { to: StateName; at: Date }

/** Which step of a meeting is due by the clock. Several may follow each other. */
export const timeStep = (
  { state, startsAt, endsAt, openVotes }: Timed,
  now: number,
): TimeStep | null => {
  const overdue = new Date(endsAt.getTime() + OVERDUE_MS)
  switch (state) {
    case 'pending':
      return startsAt.getTime() <= now ? { to: 'rejected', at: startsAt } : null
    case 'scheduled':
      return startsAt.getTime() <= now ? { to: 'running', at: startsAt } : null
    case 'running':
      return overdue.getTime() <= now && openVotes === 0 ? { to: 'ended', at: overdue } : null
    default:
      return null
  }
}

/** The state that a meeting is in by the clock, whatever its row still says. */
export const effectiveState = (meeting: Timed, now: number): StateName => {
  const step = timeStep(meeting, now)
  return step === null ? meeting.state : effectiveState({ ...meeting, state: step.to }, now)
}

/** Holds its room, and may yet take place. */
export const HOLDING: readonly StateName[] = ['pending', 'scheduled', 'running']
/** What participants see. */
export const ANNOUNCED: readonly StateName[] = ['scheduled', 'running', 'ended', 'cancelled']
