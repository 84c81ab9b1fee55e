import type { Static, TSchema } from 'typebox'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { CallOptions } from './call-options.ts'
import type { SendWithToken } from './send-with-token.ts'

export type CallRequest<S extends TSchema> = {
  /** Path of the endpoint, e.g. `/wxa/business/getuserphonenumber`. */
  path: string
  /** Schema of a successful answer; fields that it does not name are allowed. */
  reply: S
  /** Query parameters; access_token is added. */
  query?: Readonly<Record<string, string>>
  /** Sent as JSON in a POST; without a body the call is a GET. */
  body?: object
  /** False for calls that must not be repeated: errcode -1 then fails them. True by default. */
  retryBusy?: boolean
  /** The longest answer, bytes; the client's `maxResponseBytes` by default. */
  maxResponseBytes?: number
}

/**
 * Calls any endpoint that takes an access_token, under the same failure policy as the named calls.
 * Resolves to the answer, checked against the schema.
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
