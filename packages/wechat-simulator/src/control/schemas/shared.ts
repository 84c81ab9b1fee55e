import { Type } from 'typebox'

/** Fields that are not named are refused. */
export const closed = { additionalProperties: false }

export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** Base library; a current one when it is not given. */
export const LibVersion = Type.Optional(Type.String({ pattern: '^[0-9]+([.][0-9]+){2}$' }))

export const Name = Text(64)
export const Appid = Text(64)
