/** How a call failed, in terms of what a server can do about it; clients name it in their own way. */
export const FAILURES = [
  /** The code is unknown, expired, used, or another's: ask the person's phone for a new one. */
  'code_invalid',
  /** WeChat is busy, slow, not to be reached or not to be trusted, or is left alone for a while. */
  'unavailable',
  /** A minute's quota is spent. */
  'rate_limited',
  /** A day's quota is spent. */
  'quota',
  /** WeChat's risk control refuses the person. */
  'risk',
  /** Appid, secret, white-list, token or permission is wrong: wake an operator. */
  'misconfigured',
  /** An answer that is not WeChat's: wrong status, no JSON, wrong types, too large, cut off. */
  'bad_response',
  /** Encrypted data of a person that must not be believed. */
  'invalid_data',
  /** Any other errcode. */
  'rejected',
] as const
export type Failure = (typeof FAILURES)[number]

/** What a client is asked to do. Arguments and results are named as WeChat names them. */
export interface Operations {
  /** → `openid`, `session_key` and, when WeChat sent one, `unionid` */
  code2Session: { code: string }
  /** → `phoneNumber`, `purePhoneNumber`, `countryCode` */
  getPhoneNumber: { code: string }
  /** Any call with an access_token, by GET or POST, that only answers errcode and errmsg. → anything */
  callWithToken: Record<string, never>
  /** msg_sec_check, version 2. → `suggest`, `label` */
  checkText: { openid: string; scene: number; content: string }
  /** → `bytes`, and `contentType` if the client tells it */
  getWxaCodeUnlimit: { scene: string }
  /** → `msgid` */
  sendSubscribeMessage: { touser: string; template_id: string; data: Record<string, string> }
  /** A text of customer service. → anything */
  sendCustomMessage: { touser: string; content: string }
  /** → `bytes`: how many there are */
  getMedia: { media_id: string }
  /** A JPEG. → `media_id` */
  uploadMedia: { filename: string; base64: string }
  /** → the object in encryptedData */
  decryptUserData: { session_key: string; encryptedData: string; iv: string }
  /** WeChat's GET of a push address. → `accepted`, `echo` */
  verifyPush: { query: Record<string, string> }
  /**
   * WeChat's POST to a push address. → `accepted`: whether WeChat would be content with the answer;
   * `handled`: how many messages the application was given; `message`: the last of them
   */
  receivePush: { query: Record<string, string>; headers: Record<string, string>; body: string }
}
export type OperationName = keyof Operations

const TAKEN: Record<OperationName, true> = {
  code2Session: true,
  getPhoneNumber: true,
  callWithToken: true,
  checkText: true,
  getWxaCodeUnlimit: true,
  sendSubscribeMessage: true,
  sendCustomMessage: true,
  getMedia: true,
  uploadMedia: true,
  decryptUserData: true,
  verifyPush: true,
  receivePush: true,
}
export const OPERATIONS = Object.keys(TAKEN) as OperationName[]

/** What a client is made with. */
export interface ClientSettings {
  /** In place of https://api.weixin.qq.com; http on loopback, or https. */
  baseUrl: string
  appid: string
  secret: string
  /** PEM of the authority that https is to be verified with; without it, those of the system. */
  ca?: string
  /** Of message push: the Token, and the EncodingAESKey with the one before it. */
  push: { token: string; encodingAESKeys: string[] }
}

/** A client under test. What it cannot do is left out of `operations`, and so are the cases. */
export interface ResilienceClient {
  operations: { [Name in OperationName]?: (args: Operations[Name]) => Promise<unknown> }
  close?: () => void | Promise<void>
}

/** Plugs a client in. */
export interface ResilienceAdapter {
  createClient: (settings: ClientSettings) => ResilienceClient | Promise<ResilienceClient>
  /** Clients that share what nodes of one service share; without it cases of several are left out. */
  createNodes?: (
    settings: ClientSettings,
    count: number,
  ) => ResilienceClient[] | Promise<ResilienceClient[]>
  /** Which failure an error stands for; nothing where the client does not tell. */
  classify: (error: unknown) => Failure | undefined
  /** All that a log may show of an error; every way of Node's to print it unless told. */
  print?: (error: unknown) => string
}
