import type { Endpoint } from './endpoint.ts'
import { jscode2session } from './jscode2session.ts'
import { getUserPhoneNumber } from './phone.ts'
import { checkSession, resetUserSessionKey } from './session-key.ts'
import { stableToken, token } from './token.ts'

/** Everything that api.weixin.qq.com answers here. */
export const endpoints: readonly Endpoint[] = [
  jscode2session,
  token,
  stableToken,
  checkSession,
  resetUserSessionKey,
  getUserPhoneNumber,
]
