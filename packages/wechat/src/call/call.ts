import type { Static, TSchema } from 'typebox'
import { WeChatError } from '../errors.ts'
import type { AccessTokenBroker } from '../token/access-token-broker.ts'
import { abortable } from '../transport/deadline.ts'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { Send, SendRequest } from '../transport/send.ts'
import type { CallOptions } from './call-options.ts'

/** A call that needs the appid's access_token; the token is added to its query. */
export type SendWithToken = <R>(request: SendRequest<R>) => Promise<R>

export type CallRequest<S extends TSchema> = {
  /** Of the endpoint, e.g. `/wxa/business/getuserphonenumber`. */
  path: string
  /** What a successful answer has; further fields do not matter. */
  reply: S
  /** Without access_token, which is added. */
  query?: Readonly<Record<string, string>>
  /** Sent as JSON by POST; without it the call is a GET. */
  body?: object
  /** False for calls that must not be done twice: errcode -1 then ends them. True unless told. */
  retryBusy?: boolean
  /** The longest answer, bytes; the client's `maxResponseBytes` unless told. */
  maxResponseBytes?: number
}

/**
 * Calls any endpoint that takes an access_token, under the same failure policy as the named ones;
 * resolves to the checked answer.
 */
export type Call = <S extends TSchema>(
  request: CallRequest<S>,
  options?: CallOptions,
) => Promise<Static<S>>

export const createCall =
  (send: SendWithToken): Call =>
  async ({ path, reply: schema, query = {}, body, ...limits }, { signal } = {}) => {
    const reply = await send({
      method: body ? 'POST' : 'GET',
      path,
      query,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      decode: decodeReply(path),
      ...limits,
      signal,
    })

    return checkReply(path, schema, reply)
  }

/** Adds the token; when WeChat refuses it, gets another and sends once more, in the same budget. */
export const createSendWithToken =
  (send: Send, broker: AccessTokenBroker, totalTimeoutMs: number): SendWithToken =>
  async (request) => {
    const endsAt = performance.now() + (request.budgetMs ?? totalTimeoutMs)
    const remainingMs = () => endsAt - performance.now()
    const sendWith = (token: string) =>
      send({
        ...request,
        query: { access_token: token, ...request.query },
        budgetMs: remainingMs(),
      })

    request.signal?.throwIfAborted()
    const token = await abortable(broker.get(remainingMs()), request.signal)
    try {
      return await sendWith(token)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      return sendWith(await abortable(broker.replace(token, remainingMs()), request.signal))
    }
  }

const TOKEN_REFUSED: ReadonlySet<number | null> = new Set([40001, 40014, 42001])

const isTokenRefused = (error: unknown) =>
  error instanceof WeChatError && TOKEN_REFUSED.has(error.errcode)
