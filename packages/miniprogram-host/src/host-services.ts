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
  'platform.phoneNumber': Service<null, PhoneNumberResult>
  'platform.avatar': Service<null, Base64>
  'platform.nickname': Service<null, string>
  'platform.checkNickname': Service<{ nickname: string }, boolean>
  /** One stored value as JSON; null when the key is gone. */
  'storage.set': Service<{ key: string; value: string | null }, null>
  'storage.clear': Service<null, null>
}
