import { createCipheriv, randomBytes } from 'node:crypto'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Json } from './answer-script.ts'
import type { Values } from './values.ts'
import { fill, fillText } from './values.ts'

/** What a mini-program hands over as encryptedData. */
export const SealScript = Type.Object(
  {
    data: Type.Optional(Json),
    /** In place of data: a text that need not be JSON. */
    text: Type.Optional(Type.String()),
    /** The session_key that it is encrypted with; `{session_key}` by default. */
    with: Type.Optional(Type.String()),
    /** How many bytes are cut off its end. */
    cut: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)
export type SealScript = Static<typeof SealScript>

export const toSealed = (script: SealScript, values: Values) => {
  const { data, text, with: key = '{session_key}', cut = 0 } = script
  const plain = text ?? JSON.stringify(fill(data ?? {}, values))
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(fillText(key, values), 'base64'), iv)
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])

  return {
    encryptedData: sealed.subarray(0, sealed.length - cut).toString('base64'),
    iv: iv.toString('base64'),
  }
}
