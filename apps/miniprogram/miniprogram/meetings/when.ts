import { fillIn, messages } from '../i18n/index'

const { when } = messages
const DAY_MS = 86_400_000

const two = (value: number) => String(value).padStart(2, '0')

// In the phone's time zone; that of a company is not on the wire yet.
const midnightOf = (at: Date): number =>
  new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** How many days later than `now`; a day of 23 or 25 hours is one day too. */
const daysAfter = (at: Date, now: Date): number =>
  Math.round((midnightOf(at) - midnightOf(now)) / DAY_MS)

const weekdayOf = (at: Date): string =>
  [when.sun, when.mon, when.tue, when.wed, when.thu, when.fri, when.sat][at.getDay()] ?? ''

const monthOf = (at: Date): string =>
  [
    when.jan,
    when.feb,
    when.mar,
    when.apr,
    when.may,
    when.jun,
    when.jul,
    when.aug,
    when.sep,
    when.oct,
    when.nov,
    when.dec,
  ][at.getMonth()] ?? ''

/** A day in words: 今天, 明天, 昨天, else its date and weekday; the year where it is another one. */
export const dayText = (instant: string, now = new Date()): string => {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  const near = { '-1': when.yesterday, 0: when.today, 1: when.tomorrow }[daysAfter(at, now)]
  if (near !== undefined) return near
  const values = {
    year: at.getFullYear(),
    month: monthOf(at),
    day: at.getDate(),
    weekday: weekdayOf(at),
  }

  return fillIn(at.getFullYear() === now.getFullYear() ? when.day : when.dayOfYear, values)
}

/** The time of day, e.g. `14:05`. */
export const clockText = (instant: string): string => {
  const at = new Date(instant)

  return `${two(at.getHours())}:${two(at.getMinutes())}`
}

/** A day and the time of day, e.g. `今天 14:05`. */
export const momentText = (instant: string, now = new Date()): string =>
  `${dayText(instant, now)} ${clockText(instant)}`

/** From when till when, e.g. `今天 14:00–15:00`, or `今天 22:00 – 明天 01:00`. */
export const spanText = (startsAt: string, endsAt: string, now = new Date()): string => {
  const start = momentText(startsAt, now)
  const endsSameDay = daysAfter(new Date(endsAt), new Date(startsAt)) === 0

  return endsSameDay ? `${start}–${clockText(endsAt)}` : `${start} – ${momentText(endsAt, now)}`
}
