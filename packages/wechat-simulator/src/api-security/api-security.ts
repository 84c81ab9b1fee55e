import { createPublicKey } from 'node:crypto'

// https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html

/** What 开发管理 → 开发设置 → API安全 holds for an app. */
export interface ApiSecurity {
  /** `key` is base64 of 32 bytes; `algorithm` is AES256_GCM, the only one supported. */
  readonly symmetricKey?: {
    readonly sn: string
    readonly key: string
    readonly algorithm?: string
  }
  /** The developer's, as PEM; `algorithm` is RSAwithSHA256, the only one supported. */
  readonly publicKey?: {
    readonly sn: string
    readonly key: string
    readonly algorithm?: string
  }
  /** Whether calls of a path may also come plain (`optional`, the default) or not. */
  readonly paths?: Readonly<Record<string, 'optional' | 'required'>>
}

/** API安全 of an app, without its keys. */
export interface ApiSecurityView {
  symmetricKeySn?: string
  publicKeySn?: string
  paths: Readonly<Record<string, 'optional' | 'required'>>
}

export const viewApiSecurity = ({
  symmetricKey,
  publicKey,
  paths = {},
}: ApiSecurity): ApiSecurityView => ({
  ...(symmetricKey && { symmetricKeySn: symmetricKey.sn }),
  ...(publicKey && { publicKeySn: publicKey.sn }),
  paths,
})

/** API安全 that cannot be set up; its message says why, and never quotes a key. */
export class ApiSecurityError extends Error {
  readonly statusCode = 400

  constructor(message: string) {
    super(`apiSecurity: ${message}`)
    this.name = 'ApiSecurityError'
  }
}

/** The endpoints here whose pages say 支持加密请求, and that answer JSON. */
const SEALABLE = new Set([
  '/wxa/business/getuserphonenumber',
  '/wxa/business/getuserencryptkey',
  '/wxa/msg_sec_check',
  '/wxa/media_check_async',
  '/wxa/getuserriskrank',
  '/cgi-bin/message/subscribe/send',
  '/cgi-bin/message/custom/send',
])

/** Their pages say so, too, but no page says what a sealed picture looks like. */
const PICTURES = new Set([
  '/wxa/getwxacode',
  '/wxa/getwxacodeunlimit',
  '/cgi-bin/wxaapp/createwxaqrcode',
])

export const isSealable = (path: string) => SEALABLE.has(path)
export const isPicture = (path: string) => PICTURES.has(path)

/** Throws an ApiSecurityError for what WeChat would refuse, or the simulator does not support. */
export const checkApiSecurity = ({ symmetricKey, publicKey, paths = {} }: ApiSecurity) => {
  requireAlgorithm('symmetricKey', 'AES256_GCM', symmetricKey?.algorithm)
  requireAlgorithm('publicKey', 'RSAwithSHA256', publicKey?.algorithm)
  if (symmetricKey && Buffer.from(symmetricKey.key, 'base64').length !== 32) {
    throw new ApiSecurityError('symmetricKey.key must be base64 of 32 bytes')
  }
  if (publicKey && !isRsaKey(publicKey.key)) {
    throw new ApiSecurityError('publicKey.key must be an RSA public key as PEM')
  }
  for (const path of Object.keys(paths)) requireSealable(path)
}

// node:crypto has no SM4 in GCM mode before OpenSSL 3.1, and no SM2 signature with an id at all.
const requireAlgorithm = (name: string, known: string, given = known) => {
  if (given === known) return
  throw new ApiSecurityError(`${name}.algorithm ${given} is not known here, only ${known} is`)
}

const isRsaKey = (pem: string) => {
  try {
    return !pem.includes('PRIVATE KEY') && createPublicKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

const requireSealable = (path: string) => {
  if (isPicture(path)) {
    throw new ApiSecurityError(`${path}: WeChat does not publish what a sealed picture looks like`)
  }
  if (!isSealable(path)) {
    throw new ApiSecurityError(`${path} cannot be sealed, only ${[...SEALABLE].join(', ')} can`)
  }
}
