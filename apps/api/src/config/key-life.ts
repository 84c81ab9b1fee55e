const DEFAULT_ABSOLUTE_DAYS = 30
const DAYS = /^\d{1,3}$/

/** How long something may still depend on a key that is not used any more: as long as a session lasts. */
export const daysOfKeys = ({ SESSION_ABSOLUTE_DAYS: days = '' }: NodeJS.ProcessEnv) => {
  const longest = DAYS.test(days) ? Number(days) : DEFAULT_ABSOLUTE_DAYS
  return { jwt: longest, session: longest }
}
