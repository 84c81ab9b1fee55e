/** Bytes cross between host and runtime as base64. */
export type Base64 = string

export interface RequestParams {
  id: number
  url: string
  method: string
  header: Record<string, string>
  /** Body as text or as bytes; null for none. */
  body: { text: string } | { base64: Base64 } | null
  timeout: number
  responseType: 'text' | 'arraybuffer'
}

export interface ResponseResult {
  statusCode: number
  header: Record<string, string>
  cookies: string[]
  /** Text, or base64 where bytes were asked for. */
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
  timeout: number
}

export interface NetworkFailure {
  /** WeChat's reason, without the leading `request:fail`. */
  failure: string
  errno: number
}

export interface PhoneNumberResult {
  code: string
  encryptedData?: string
  iv?: string
}

/** What the sheet shows that asks for the number. */
export interface PhoneOffer {
  /** Masked, e.g. `156****5677`; empty when it is not known. */
  number: string
}

/** Why WeChat gives no number. */
export interface PhoneFailure {
  /** WeChat's reason, without the leading `getPhoneNumber:fail`. */
  failure: string
  /** 1400001 when the app's quota is spent. */
  errno?: number
}

interface Service<Params, Result> {
  params: Params
  result: Result
}

/** What the runtime asks of the host, by name. Everything is JSON. */
export interface HostServices {
  'net.request': Service<RequestParams, ResponseResult | NetworkFailure>
  'net.upload': Service<UploadParams, ResponseResult | NetworkFailure>
  'net.abort': Service<{ id: number }, null>
  'platform.login': Service<null, { code: string }>
  'platform.checkSession': Service<null, boolean>
  'platform.phoneOffer': Service<null, PhoneOffer | PhoneFailure>
  /** `number` is another one than WeChat offered; null takes that. */
  'platform.phoneNumber': Service<{ number: string | null }, PhoneNumberResult | PhoneFailure>
  'platform.avatar': Service<null, Base64>
  'platform.checkAvatar': Service<{ image: Base64 }, boolean>
  'platform.nickname': Service<null, string>
  'platform.checkNickname': Service<{ nickname: string }, boolean>
  /** One stored value as JSON; null when the key is gone. */
  'storage.set': Service<{ key: string; value: string | null }, null>
  'storage.clear': Service<null, null>
}
