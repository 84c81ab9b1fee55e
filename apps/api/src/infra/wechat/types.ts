import type { SubscribeMessage as AddressedMessage } from '@oa/wechat'

export type { CustomMessage } from '@oa/wechat'

/** The user that WeChat issued a login code for. `sessionKey` must not leave the server. */
export type WeChatIdentity = { openid: string; sessionKey: string; unionid: string | null }

/** A phone number that WeChat has verified; both fields hold digits only. */
export type WeChatPhone = { countryCode: string; number: string }

/** What `getPhoneNumber` gives on a phone without codes, with the session_key of its user. */
export type EncryptedPhone = { sessionKey: string; encryptedData: string; iv: string }

/** `down`: the circuit breaker is open, or the last call got no answer. `misconfigured`: WeChat refuses the credentials of this server. */
export type WeChatState = 'up' | 'down' | 'misconfigured'

/** What is sent to a user who agreed to it; the openid comes apart. */
export type SubscribeMessage = Omit<AddressedMessage, 'touser'>
