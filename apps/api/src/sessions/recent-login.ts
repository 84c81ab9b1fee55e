import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import type { KnownSession } from './session-cache.ts'

/** How long after wx.login a session still proves that the person is there. */
const FRESH_MS = 5 * 60_000

/** Throws FRESH_LOGIN_REQUIRED when the person was last seen too long ago for what matters most. */
export const requireFreshSignIn = ({ session }: KnownSession) => {
  if (Date.now() - session.createdAt.getTime() <= FRESH_MS) return
  throw new BusinessError(ERRNO.FRESH_LOGIN_REQUIRED, '为了你的账号安全，请重新登录后再试')
}
