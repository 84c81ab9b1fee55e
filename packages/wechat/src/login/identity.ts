import { Type } from 'typebox'

export const Openid = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
/** Absent or empty when the appid belongs to no open-platform account. */
export const Unionid = Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{0,64}$' }))
/** Base64 of 16 bytes. */
export const SessionKey = Type.String({ pattern: '^[A-Za-z0-9+/]{22}==$' })
