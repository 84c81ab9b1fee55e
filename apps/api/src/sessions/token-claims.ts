/** What a token of ours says. Times are whole seconds since 1970. */
export type TokenClaims = {
  iss: string
  aud: string
  /** The user's public id. */
  sub: string
  /** The session. */
  sid: string
  iat: number
  exp: number
}

export const TOKEN_TYPE = 'at+jwt'
export const TOKEN_ALGORITHM = 'HS256'

/** Clocks of two nodes may differ by this much. */
const MAX_SKEW_SECONDS = 30
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const HEADER_KEYS = ['alg', 'kid', 'typ']
const CLAIM_KEYS = ['aud', 'exp', 'iat', 'iss', 'sid', 'sub']

/** The key's name, when the header is exactly what this server writes; else null. */
export const kidOf = (header: unknown): string | null => {
  if (!hasExactly(header, HEADER_KEYS)) return null
  const { alg, kid, typ } = header
  return alg === TOKEN_ALGORITHM && typ === TOKEN_TYPE && typeof kid === 'string' ? kid : null
}

/** The claims of a verified payload, when they are exactly what this server writes; else null. */
export const claimsOf = (
  payload: unknown,
  expected: { iss: string; aud: string },
  nowSeconds: number,
): TokenClaims | null => {
  if (!hasExactly(payload, CLAIM_KEYS)) return null
  const { iss, aud, sub, sid, iat, exp } = payload
  if (iss !== expected.iss || aud !== expected.aud) return null
  if (!isUuid(sub) || !isUuid(sid)) return null
  if (!isSeconds(iat) || !isSeconds(exp) || exp <= iat) return null
  return iat > nowSeconds + MAX_SKEW_SECONDS ? null : { iss, aud, sub, sid, iat, exp }
}

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

const isSeconds = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0

const hasExactly = (value: unknown, keys: readonly string[]): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const own = Object.keys(value).sort()
  return own.length === keys.length && own.every((key, index) => key === keys[index])
}
