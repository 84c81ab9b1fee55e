const MINUTE_MS = 60_000
const DAY_MIN = 1_440
/** A room is taken in pieces of this length. */
export const SLOT_MS = 5 * MINUTE_MS
export const MAX_LENGTH_MS = 24 * 60 * MINUTE_MS
/** Nobody plans a meeting for later than this; a mistyped year would take a room for ever. */
export const MAX_AHEAD_MS = 366 * 24 * 60 * MINUTE_MS

/** Why a span cannot be a meeting; null when it can. */
export type TimeProblem = 'order' | 'tooLong' | 'tooFar' | 'slots'

type Span = { startsAt: Date; endsAt: Date }

export const timeProblem = (
  { startsAt, endsAt }: Span,
  { now, inRoom }: { now: number; inRoom: boolean },
): TimeProblem | null => {
  const [start, end] = [startsAt.getTime(), endsAt.getTime()]
  if (end <= start) return 'order'
  if (end - start > MAX_LENGTH_MS) return 'tooLong'
  if (start > now + MAX_AHEAD_MS) return 'tooFar'
  return inRoom && (start % SLOT_MS !== 0 || end % SLOT_MS !== 0) ? 'slots' : null
}

/** The slots that a span takes, ascending: whole numbers, one for each five minutes since 1970. */
export const slotsOf = ({ startsAt, endsAt }: Span): number[] => {
  const first = Math.floor(startsAt.getTime() / SLOT_MS)
  const end = Math.ceil(endsAt.getTime() / SLOT_MS)
  return Array.from({ length: end - first }, (_, index) => first + index)
}

/** Minutes since midnight in that time zone. */
export const minuteOfDay = (at: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return number('hour') * 60 + number('minute')
}

type Hours = { opensMin: number; closesMin: number; maxMin: number }

/** Why a room cannot take the span, by its own hours; null when it can. */
export const hoursProblem = (
  { startsAt, endsAt }: Span,
  { opensMin, closesMin, maxMin }: Hours,
  timeZone: string,
): 'roomTooLong' | 'roomClosed' | null => {
  const minutes = (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS
  if (minutes > maxMin) return 'roomTooLong'
  if (opensMin === 0 && closesMin === DAY_MIN) return null
  const start = minuteOfDay(startsAt, timeZone)
  // The end of a day belongs to it.
  return start >= opensMin && start + minutes <= closesMin ? null : 'roomClosed'
}
