import type { Static, TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { Compile } from 'typebox/compile'
import { WeChatError } from '../errors.ts'
import type { HttpResponse } from './exchange.ts'
import { parseReply } from './reply.ts'

/** Decodes a JSON answer, checked against `schema`; further fields do not matter. */
export const decodeJson =
  <S extends TSchema>(path: string, schema: S) =>
  ({ body }: HttpResponse): Static<S> => {
    const reply = parseReply(path, body)
    if (!validatorOf(schema).Check(reply)) {
      throw new WeChatError('bad_response', `${path}: the answer lacks a field or has a wrong type`)
    }

    // Checked on the line above; the cached validator has lost the schema's type.
    return reply as Static<S>
  }

const validators = new WeakMap<TSchema, Validator>()

const validatorOf = (schema: TSchema): Validator => {
  const validator = validators.get(schema) ?? Compile(schema)
  validators.set(schema, validator)

  return validator
}
