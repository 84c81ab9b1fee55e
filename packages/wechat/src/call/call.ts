import type { Static, TSchema } from 'typebox'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { CallOptions } from './call-options.ts'
import type { SendWithToken } from './send-with-token.ts'

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
  async (
    { path, reply: schema, query = {}, body, retryBusy, maxResponseBytes },
    { signal } = {},
  ) => {
    const reply = await send({
      method: body ? 'POST' : 'GET',
      path,
      query,
      headers: body && { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      decode: decodeReply(path),
      retryBusy,
      maxResponseBytes,
      signal,
    })

    return checkReply(path, schema, reply)
  }
