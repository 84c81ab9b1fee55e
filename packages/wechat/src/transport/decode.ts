import type { Static, TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { Compile } from 'typebox/compile'
import { WeChatError } from '../errors.ts'
import type { HttpResponse } from './exchange.ts'
import type { Reply } from './reply.ts'
import { parseReply } from './reply.ts'

/** Decodes the JSON object of a successful answer. */
export const decodeReply =
  (path: string) =>
  ({ body }: HttpResponse): Reply =>
    parseReply(path, body)

/**
 * The reply, checked against `schema`; fields that it does not name are allowed. Separate from decoding
 * because a reply of an unexpected shape is not an outage and must not open the breaker.
 */
export const checkReply = <S extends TSchema>(path: string, schema: S, reply: Reply): Static<S> => {
  if (!validatorOf(schema).Check(reply)) {
    throw new WeChatError('bad_response', `${path}: the answer lacks a field or has a wrong type`)
  }

  // Checked above; the cached validator does not carry the schema's type.
  return reply as Static<S>
}

const validators = new WeakMap<TSchema, Validator>()

const validatorOf = (schema: TSchema): Validator => {
  const known = validators.get(schema)
  if (known) return known
  const validator = Compile(schema)
  validators.set(schema, validator)

  return validator
}
