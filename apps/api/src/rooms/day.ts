const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const DATE_LENGTH = 'yyyy-mm-dd'.length

/** How far local time is ahead of UTC at an instant. */
const offsetMs = (timeZone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at))
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
  )
  return local - Math.floor(at / MINUTE_MS) * MINUTE_MS
}

/** The instants between which a date lies in a time zone; a day with a clock change is 23 or 25 hours. */
export const dayIn = (timeZone: string, date: string): { startsAt: Date; endsAt: Date } => {
  const midnight = (utc: number) => {
    const guess = utc - offsetMs(timeZone, utc)
    // Near a clock change the offset at the guess is another one.
    return new Date(utc - offsetMs(timeZone, guess))
  }
  const utc = Date.parse(`${date}T00:00:00.000Z`)
  return { startsAt: midnight(utc), endsAt: midnight(utc + DAY_MS) }
}

/** The date at an instant in a time zone. */
export const dateIn = (timeZone: string, at: Date): string =>
  new Date(at.getTime() + offsetMs(timeZone, at.getTime())).toISOString().slice(0, DATE_LENGTH)
