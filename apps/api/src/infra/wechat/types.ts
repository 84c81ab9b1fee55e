/** The user that WeChat issued a login code for. `sessionKey` must not leave the server. */
export type WeChatIdentity = { openid: string; sessionKey: string; unionid: string | null }

/** A phone number that WeChat has verified; both fields hold digits only. */
export type WeChatPhone = { countryCode: string; number: string }

/** What `getPhoneNumber` gives on a phone without codes, with the session_key of its user. */
export type EncryptedPhone = { sessionKey: string; encryptedData: string; iv: string }

/** `down`: the circuit breaker is open. `misconfigured`: WeChat refuses the credentials of this server. */
export type WeChatState = 'up' | 'down' | 'misconfigured'

export type SubscribeMessage = {
  templateId: string
  data: Readonly<Record<string, string>>
  page?: string
  miniprogramState?: 'formal' | 'trial' | 'developer'
  lang?: 'zh_CN' | 'en_US' | 'zh_HK' | 'zh_TW'
}

export type CustomMessage =
  | { type: 'text'; content: string }
  | { type: 'image'; mediaId: string }
  | { type: 'link'; title: string; description: string; url: string; thumbUrl: string }
  | { type: 'miniprogrampage'; title: string; pagePath: string; thumbMediaId: string }
