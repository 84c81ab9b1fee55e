import { Type } from 'typebox'

/** Fields that are not named are refused. */
export const closed = { additionalProperties: false }

export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const Name = Text(64)
export const Appid = Text(64)
