import { Type } from 'typebox'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { Send } from '../transport/send.ts'
import type { StoredToken } from './token-store.ts'

export type RenewOptions = {
  /** Time for the whole renewal, ms. */
  budgetMs: number
  /** A token that WeChat has refused: the result must be another one. */
  refused?: string
  /** Ends the present token at once. WeChat allows it 20 times a day. */
  force?: boolean
}

/** Asks WeChat for the appid's access_token. */
export type FetchAccessToken = (options: RenewOptions) => Promise<StoredToken>

type Credentials = { appId: string; appSecret: string }

/**
 * Without `force`, a new token is forced only when WeChat issues the refused one again, at most once
 * in 30 s. For one second after a failure, calls reject with that failure and nothing is sent.
 */
export const createFetchAccessToken = (send: Send, credentials: Credentials): FetchAccessToken => {
  let forcedAt = Number.NEGATIVE_INFINITY
  let failure: { error: unknown; until: number } | null = null

  const fetchNext = async ({ budgetMs, refused, force = false }: RenewOptions) => {
    const startedAt = performance.now()
    if (!force) {
      const token = await requestToken(send, credentials, { force: false, budgetMs })
      const mayForce = Date.now() - forcedAt >= FORCE_INTERVAL_MS
      if (token.accessToken !== refused || !mayForce) return token
    }
    forcedAt = Date.now()
    const remainingMs = budgetMs - (performance.now() - startedAt)

    return requestToken(send, credentials, { force: true, budgetMs: remainingMs })
  }

  return async (options) => {
    if (failure && Date.now() < failure.until && !options.force) throw failure.error
    try {
      return await fetchNext(options)
    } catch (error) {
      failure = { error, until: Date.now() + FAILURE_HOLD_MS }
      throw error
    }
  }
}

/**
 * stable_token returns the same token to every caller while it is valid, so two nodes that ask do not
 * end each other's token.
 * https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 */
const requestToken = async (
  send: Send,
  { appId, appSecret }: Credentials,
  { force, budgetMs }: { force: boolean; budgetMs: number },
): Promise<StoredToken> => {
  const askedAt = Date.now()
  const reply = await send({
    method: 'POST',
    path: PATH,
    query: {},
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credential',
      appid: appId,
      secret: appSecret,
      force_refresh: force,
    }),
    decode: decodeReply(PATH),
    budgetMs,
  })
  const { access_token, expires_in } = checkReply(PATH, StableTokenReply, reply)
  const expiresAt = askedAt + expires_in * 1_000

  return {
    accessToken: access_token,
    expiresAt,
    renewAt: Math.max(expiresAt - RENEW_BEFORE_END_MS, askedAt + MIN_TRUST_MS),
  }
}

const PATH = '/cgi-bin/stable_token'
const FAILURE_HOLD_MS = 1_000
const FORCE_INTERVAL_MS = 30_000
// WeChat has the next token ready five minutes before the end; half a minute later is on the safe side.
const RENEW_BEFORE_END_MS = 270_000
const MIN_TRUST_MS = 15_000

const StableTokenReply = Type.Object({
  access_token: Type.String({ pattern: '^[\\x21-\\x7e]{1,2048}$' }),
  expires_in: Type.Integer({ minimum: 1, maximum: 86_400 }),
})
