/** Bytes, encoded for the JSON messages between host and runtime. */
export type Base64 = string

export interface RequestParams {
  id: number
  url: string
  method: string
  header: Record<string, string>
  /** Text or bytes; null for no body. */
  body: { text: string } | { base64: Base64 } | null
  /** Milliseconds. */
  timeout: number
  responseType: 'text' | 'arraybuffer'
}

export interface ResponseResult {
  statusCode: number
  header: Record<string, string>
  cookies: string[]
  /** Text; base64 when `responseType` is `arraybuffer`. */
  data: string
}

export interface UploadParams {
  id: number
  url: string
  name: string
  fileName: string
  content: Base64
  header: Record<string, string>
  formData: Record<string, string>
  /** Milliseconds. */
  timeout: number
}

/** How much of a transfer is done, in bytes; `total` is 0 when it is unknown. */
export interface TransferProgress {
  id: number
  done: number
  total: number
}

export interface NetworkFailure {
  /** WeChat's reason without the prefix `request:fail`. */
  failure: string
  errno: number
}

export interface PhoneNumberResult {
  code: string
  encryptedData?: string
  iv?: string
}

/** What the phone number sheet shows. */
export interface PhoneOffer {
  /** Masked, e.g. `156****5677`; empty when unknown. */
  number: string
}

/** Why WeChat gives no number. */
export interface PhoneFailure {
  /** WeChat's reason without the prefix `getPhoneNumber:fail`. */
  failure: string
  /** 1400001 when the app's quota is used up. */
  errno?: number
}

/** A template of subscribe messages, as WeChat's sheet names it. */
export interface SubscribeItem {
  id: string
  title: string
}

export interface SubscribeChoice {
  /** Those that the app asked for. */
  templates: string[]
  /** Those that the user ticked, of those that the sheet showed. */
  accepted: string[]
  /** The choice is kept, and the user not asked again. */
  always: boolean
}

/** Why WeChat asks the user for no messages. */
export interface SubscribeFailure {
  /** WeChat's reason without the prefix `requestSubscribeMessage:fail`. */
  failure: string
  errCode: number
}

/** What the user has chosen for good. */
export interface SubscriptionSettings {
  mainSwitch: boolean
  /** By template; absent when no choice is kept. */
  itemSettings?: Record<string, 'accept' | 'reject'>
}

export type SocketData = { text: string } | { base64: Base64 }

export interface SocketParams {
  id: number
  url: string
  header: Record<string, string>
  protocols: string[]
  /** Milliseconds. */
  timeout: number
}

/** What the host tells the runtime without being asked, by name. */
export interface HostPushes {
  'net.progress': TransferProgress
  'net.socketOpened': { id: number }
  'net.socketMessage': { id: number; data: SocketData }
  'net.socketFailed': { id: number; message: string }
  'net.socketClosed': { id: number; code: number; reason: string }
}

interface Service<Params, Result> {
  params: Params
  result: Result
}

/** The host's services for the runtime, by name. Parameters and results are JSON. */
export interface HostServices {
  'net.request': Service<RequestParams, ResponseResult | NetworkFailure>
  'net.upload': Service<UploadParams, ResponseResult | NetworkFailure>
  'net.abort': Service<{ id: number }, null>
  'net.openSocket': Service<SocketParams, null>
  /** The reason why nothing was sent, or null. */
  'net.sendSocket': Service<{ id: number; data: SocketData }, string | null>
  'net.closeSocket': Service<{ id: number; code: number; reason: string }, null>
  /** A file of the project; null when it is not there. */
  'project.readFile': Service<{ path: string }, Base64 | null>
  'platform.login': Service<null, { code: string }>
  'platform.checkSession': Service<null, boolean>
  'platform.phoneOffer': Service<null, PhoneOffer | PhoneFailure>
  /** `number` is the one that the user typed; null accepts the offered one. */
  'platform.phoneNumber': Service<{ number: string | null }, PhoneNumberResult | PhoneFailure>
  /** The templates of which the user is to be asked: none when every choice is kept. */
  'platform.subscribeOffer': Service<
    { templates: string[] },
    { shown: SubscribeItem[] } | SubscribeFailure
  >
  /** What wx.requestSubscribeMessage answers, by template. */
  'platform.subscribe': Service<SubscribeChoice, Record<string, string> | SubscribeFailure>
  'platform.subscriptions': Service<null, SubscriptionSettings>
  'platform.changeSubscriptions': Service<SubscriptionSettings, null>
  'platform.avatar': Service<null, Base64>
  'platform.checkAvatar': Service<{ image: Base64 }, boolean>
  'platform.nickname': Service<null, string>
  'platform.checkNickname': Service<{ nickname: string }, boolean>
  /** `value` is JSON; null removes the key. */
  'storage.set': Service<{ key: string; value: string | null }, null>
  'storage.clear': Service<null, null>
}
