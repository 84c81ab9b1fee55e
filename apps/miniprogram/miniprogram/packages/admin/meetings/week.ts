const DAYS = 7

/** So many weeks after the one of `now`: from its Monday to the next one, and its Sunday. */
export const weekOf = (now: Date, ahead: number): { from: Date; to: Date; last: Date } => {
  // Sunday is the last day of a week here, and day 0 of JavaScript's.
  const sinceMonday = (now.getDay() + DAYS - 1) % DAYS
  const day = (after: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - sinceMonday + after)

  return {
    from: day(ahead * DAYS),
    to: day((ahead + 1) * DAYS),
    last: day((ahead + 1) * DAYS - 1),
  }
}
