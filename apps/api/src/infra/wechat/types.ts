/** Who a login code belongs to, as WeChat says. `sessionKey` must not leave the server. */
export type WeChatIdentity = { openid: string; sessionKey: string; unionid: string | null }

/** A number as WeChat vouches for it; all digits. */
export type WeChatPhone = { countryCode: string; number: string }

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

/** Every call rejects with `WeChatError`, and is answered within 3 s. */
export type WeChat = {
  code2Session(code: string): Promise<WeChatIdentity>
  /** Costs money when it succeeds. `code_invalid` also for a code of anybody but `openid`. */
  getPhoneNumber(code: string, openid: string): Promise<WeChatPhone>
  /** Asks nobody. Null for anything that was not encrypted for this key, of late and for this app. */
  decryptPhoneNumber(data: {
    sessionKey: string
    encryptedData: string
    iv: string
  }): WeChatPhone | null
  /** WeChat's server credential. Never to be logged. */
  accessToken(): Promise<{ accessToken: string; expiresAt: Date }>
  /** The id that WeChat gave the message, if it did. Not sent twice. */
  sendSubscribeMessage(openid: string, message: SubscribeMessage): Promise<string | null>
  sendCustomMessage(openid: string, message: CustomMessage): Promise<void>
  state(): WeChatState
  close(): Promise<void>
}
