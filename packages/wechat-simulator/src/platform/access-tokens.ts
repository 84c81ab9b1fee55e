import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

/** Tokens of `cgi-bin/token` and `cgi-bin/stable_token` are independent of each other. */
export type TokenFamily = 'token' | 'stable_token'

export interface AccessToken {
  readonly value: string
  readonly appid: string
  readonly family: TokenFamily
  readonly issuedAt: number
  readonly expiresAt: number
  /** Earlier than `expiresAt` once a newer token has replaced this one. */
  validUntil: number
}

export type TokenState = 'valid' | 'expired' | 'superseded' | 'unknown'

export interface AccessTokens {
  /** Replaces the app's token; the one before stays valid for the overlap. */
  issue: (appid: string, family: TokenFamily) => AccessToken
  /** The same token until its last minutes. */
  stable: (appid: string) => AccessToken
  /** Replaces the stable token, which is invalid at once. */
  forceStable: (appid: string) => AccessToken
  find: (value: string) => { state: TokenState; appid?: string }
  list: () => AccessToken[]
}

export const createAccessTokens = (clock: Clock, settings: () => Settings): AccessTokens => {
  const tokens = new Map<string, AccessToken>()
  const newest = new Map<string, AccessToken>()

  const forgetOld = () => {
    for (const [value, { expiresAt }] of tokens) {
      if (expiresAt + settings().tokenTtlMs > clock.now()) return
      tokens.delete(value)
    }
  }

  const replace = (appid: string, family: TokenFamily, overlapMs: number) => {
    forgetOld()
    const now = clock.now()
    const old = newest.get(`${family} ${appid}`)
    if (old) old.validUntil = Math.min(old.validUntil, now + overlapMs)
    const expiresAt = now + settings().tokenTtlMs
    const value = `90_${randomBytes(102).toString('base64url')}`
    const token = { value, appid, family, issuedAt: now, expiresAt, validUntil: expiresAt }
    tokens.set(value, token)
    newest.set(`${family} ${appid}`, token)

    return token
  }

  return {
    issue: (appid, family) => replace(appid, family, settings().tokenOverlapMs),
    stable: (appid) => {
      const current = newest.get(`stable_token ${appid}`)
      const renewAt = (current?.expiresAt ?? 0) - settings().tokenOverlapMs
      if (current && clock.now() < renewAt) return current

      return replace(appid, 'stable_token', settings().tokenOverlapMs)
    },
    forceStable: (appid) => {
      const current = newest.get(`stable_token ${appid}`)
      const tooSoon = current && clock.now() - current.issuedAt < settings().forceRefreshGapMs
      return tooSoon ? current : replace(appid, 'stable_token', 0)
    },
    find: (value) => {
      const token = tokens.get(value)
      if (!token) return { state: 'unknown' }
      return { state: stateOf(token, clock.now()), appid: token.appid }
    },
    list: () => [...tokens.values()].filter(({ validUntil }) => validUntil > clock.now()),
  }
}

const stateOf = ({ validUntil, expiresAt }: AccessToken, now: number): TokenState => {
  if (now < validUntil) return 'valid'
  return now >= expiresAt ? 'expired' : 'superseded'
}
