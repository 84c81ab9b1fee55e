import { LRUCache } from 'lru-cache'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { Session } from './session.ts'
import type { TokenClaims } from './token-claims.ts'
import { claimsOf, kidOf } from './token-claims.ts'

const ISSUER = 'oa-mini'
const AUDIENCE = 'oa-mini-client'
const MAX_REMEMBERED = 20_000
/** Longer than any token of ours; longer texts are not worth a look. */
const MAX_TOKEN_LENGTH = 1_024
/** base64url in three parts, as one header value. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/
const PROLONG_AFTER_SECONDS = 86_400

/** The cryptography, as the JWT library offers it; both throw on anything unusual. */
export type JwtCodec = {
  sign(payload: TokenClaims): string
  verify(token: string): Promise<{ header: unknown; payload: unknown }>
}

export type IssuedToken = { token: string; expiresAt: Date }

export type Tokens = {
  issue(session: Session, user: User): IssuedToken
  /** Null for everything that this server did not issue or that has expired. Never rejects. */
  verify(text: string): Promise<TokenClaims | null>
  /** A fresh token for a session in use whose token is a day old; else null. */
  prolong(claims: TokenClaims, session: Session, user: User): IssuedToken | null
}

/** Tokens name a session and prove it was opened here; whether it still lives, the session tells. */
export const createTokens = (
  jwt: JwtCodec,
  { clock, idleMs }: { clock: Clock; idleMs: number },
): Tokens => {
  const nowSeconds = () => clock.now() / 1_000
  // Keyed by text to save work only: a token is revoked by its session, however it is spelled.
  const verified = new LRUCache<string, TokenClaims>({ max: MAX_REMEMBERED })

  const issue = (session: Session, user: User): IssuedToken => {
    const now = clock.now()
    const end = Math.min(now + idleMs, session.absoluteExpiresAt.getTime())
    const iat = Math.floor(now / 1_000)
    const exp = Math.floor(end / 1_000)
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: user.publicId, sid: session.id, iat, exp }
    return { token: jwt.sign(claims), expiresAt: new Date(exp * 1_000) }
  }
  const read = async (text: string): Promise<TokenClaims | null> => {
    if (text.length > MAX_TOKEN_LENGTH || !TOKEN.test(text)) return null
    try {
      const { header, payload } = await jwt.verify(text)
      if (kidOf(header) === null) return null
      return claimsOf(payload, { iss: ISSUER, aud: AUDIENCE }, nowSeconds())
    } catch {
      return null
    }
  }

  return {
    issue,
    async verify(text) {
      const known = verified.get(text)
      const claims = known ?? (await read(text))
      if (claims === null || claims.exp <= nowSeconds()) return null
      if (known === undefined) verified.set(text, claims)
      return claims
    },
    prolong(claims, session, user) {
      if (nowSeconds() - claims.iat < PROLONG_AFTER_SECONDS) return null
      const fresh = issue(session, user)
      return fresh.expiresAt.getTime() > claims.exp * 1_000 ? fresh : null
    },
  }
}
