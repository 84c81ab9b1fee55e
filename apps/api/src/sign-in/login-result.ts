import type { LoginByWeixinResult } from '@oa/contracts'
import type { Tokens } from '../sessions/tokens.ts'
import { toUserInfo } from '../users/user-info.ts'
import type { SignedIn } from './attempt.ts'

/** What a sign-in is answered with: a token for the new session, and the user's profile. */
export const toLoginResult = (
  tokens: Pick<Tokens, 'issue'>,
  { session, user }: SignedIn,
): LoginByWeixinResult => {
  const { token, expiresAt } = tokens.issue(session, user)
  return { token, tokenExpire: expiresAt.toISOString(), userInfo: toUserInfo(user) }
}
