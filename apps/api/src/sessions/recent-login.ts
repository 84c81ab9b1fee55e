import { freshLoginRequired } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Session } from './session.ts'

/** How long after wx.login a session still proves that its user is present. */
const RECENT_MS = 5 * 60_000

/** Throws FRESH_LOGIN_REQUIRED when the sign-in is too old for a request that needs its user present. */
export const requireRecentLogin = ({ createdAt }: Pick<Session, 'createdAt'>, clock: Clock) => {
  if (clock.now() - createdAt.getTime() > RECENT_MS) throw freshLoginRequired()
}
