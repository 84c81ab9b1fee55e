import { fillIn, messages } from '../../i18n/index'

const { manage: texts } = messages
const HOUR = 60
const HALF_HOUR = 30
const DAY = 24 * HOUR

/** What is offered, ascending, and the present value where it is another one. */
export const withPresent = (offered: readonly number[], present: number): number[] =>
  [...new Set([...offered, present])].sort((one, other) => one - other)

/** A length in words, e.g. `90 分钟` or `2 小时`. */
export const lengthText = (minutes: number): string =>
  minutes > 0 && minutes % HOUR === 0
    ? fillIn(texts.hours, { count: minutes / HOUR })
    : fillIn(texts.minutes, { count: minutes })

/** A time of day, `00:00` to `24:00`. */
export const timeOfDay = (minutes: number): string => {
  const two = (value: number) => String(value).padStart(2, '0')

  return `${two(Math.floor(minutes / HOUR))}:${two(minutes % HOUR)}`
}

/** Every half hour of a day; WeChat's own picker has no 24:00. */
export const HALF_HOURS: readonly number[] = Array.from(
  { length: DAY / HALF_HOUR + 1 },
  (_, at) => at * HALF_HOUR,
)
