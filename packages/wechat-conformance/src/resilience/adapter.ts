/** How a call failed, by what a server can do about it; each client has its own names for these. */
export const FAILURES = [
  /** The code is unknown, expired, used or of another app: the phone has to get a new one. */
  'code_invalid',
  /** WeChat is busy, slow, unreachable or not trusted, or the client's circuit breaker is open. */
  'unavailable',
  /** A minute's quota is spent. */
  'rate_limited',
  /** A day's quota is spent. */
  'quota',
  /** WeChat's risk control refuses the person. */
  'risk',
  /** Appid, secret, white-list, token or permission is wrong: an operator has to act. */
  'misconfigured',
  /** The answer is not one of WeChat: wrong status, no JSON, wrong types, too large, cut off. */
  'bad_response',
  /** Encrypted user data fails its verification. */
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
  /** Any call with an access_token that only answers errcode and errmsg. → anything */
  callWithToken: Record<string, never>
  /** msg_sec_check, version 2. → `suggest`, `label` */
  checkText: { openid: string; scene: number; content: string }
  /** → `bytes`, and `contentType` if the client reports it */
  getWxaCodeUnlimit: { scene: string }
  /** → `msgid` */
  sendSubscribeMessage: { touser: string; template_id: string; data: Record<string, string> }
  /** A customer-service text message. → anything */
  sendCustomMessage: { touser: string; content: string }
  /** → `bytes`: the number of bytes */
  getMedia: { media_id: string }
  /** A JPEG. → `media_id` */
  uploadMedia: { filename: string; base64: string }
  /** → the object in encryptedData */
  decryptUserData: { session_key: string; encryptedData: string; iv: string }
  /** The GET by which WeChat verifies a push address. → `accepted`, `echo` */
  verifyPush: { query: Record<string, string> }
  /**
   * WeChat's POST to a push address. → `accepted`: whether WeChat would accept the answer;
   * `handled`: how many messages were passed to the application; `message`: the last of them
   */
  receivePush: { query: Record<string, string>; headers: Record<string, string>; body: string }
}
export type OperationName = keyof Operations

const ALL_OPERATIONS: Record<OperationName, true> = {
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
export const OPERATIONS = Object.keys(ALL_OPERATIONS) as OperationName[]

/** What a client is created with. */
export interface ClientSettings {
  /** In place of https://api.weixin.qq.com; http on loopback, or https. */
  baseUrl: string
  appid: string
  secret: string
  /** PEM of the certificate authority for https; by default those of the system. */
  ca?: string
  /** Message push: the Token, and the EncodingAESKeys, the current one first. */
  push: { token: string; encodingAESKeys: string[] }
}

/** A client under test; cases that need an operation it does not have are skipped. */
export interface ResilienceClient {
  operations: { [Name in OperationName]?: (args: Operations[Name]) => Promise<unknown> }
  close?: () => void | Promise<void>
}

/** Connects a client to the suite. */
export interface ResilienceAdapter {
  createClient: (settings: ClientSettings) => ResilienceClient | Promise<ResilienceClient>
  /** Clients that share what the nodes of one service share; cases of several nodes need it. */
  createNodes?: (
    settings: ClientSettings,
    count: number,
  ) => ResilienceClient[] | Promise<ResilienceClient[]>
  /** The failure that an error stands for; undefined when the client does not say. */
  classify: (error: unknown) => Failure | undefined
  /** Everything that a log could show of an error; by default all that Node prints of it. */
  print?: (error: unknown) => string
}
