import { fillIn, messages } from '../i18n/index'

/** A longer wait is shown in minutes. */
const IN_MINUTES_FROM = 120

/** What a button that tries again says, `seconds` before the server wants to hear of it again. */
export const retryText = (seconds: number): string => {
  const { retry, wait, waitMinutes } = messages.failure
  if (seconds <= 0) return retry

  return seconds >= IN_MINUTES_FROM
    ? fillIn(waitMinutes, { minutes: Math.ceil(seconds / 60) })
    : fillIn(wait, { seconds })
}

/** Shows the seconds that are left, now and each second, until none is or the result is called. */
export const countDown = (seconds: number, show: (left: number) => void): (() => void) => {
  let left = seconds
  show(left)
  if (left <= 0) return () => undefined
  const timer = setInterval(() => {
    left -= 1
    show(left)
    if (left <= 0) clearInterval(timer)
  }, 1000)

  return () => clearInterval(timer)
}
