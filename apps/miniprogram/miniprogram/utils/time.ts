const two = (value: number) => String(value).padStart(2, '0')

/** An instant as a date in the phone's time zone, e.g. `2026-11-21`; empty when it is invalid. */
export const localDate = (instant: string): string => {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''

  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The same with the time of day, e.g. `2026-11-21 16:05`. */
export const localDateTime = (instant: string): string => {
  const at = new Date(instant)
  const date = localDate(instant)

  return date && `${date} ${two(at.getHours())}:${two(at.getMinutes())}`
}
