import type { KeyObject } from 'node:crypto'
import { createPrivateKey, createPublicKey } from 'node:crypto'

/** The keys of 开发管理 → 开发设置 → API安全, for AES256_GCM and RSAwithSHA256. */
export type ApiSecurityOptions = {
  /**
   * Paths of the calls to sign and encrypt, e.g. `/wxa/getuserriskrank`. WeChat's page of the endpoint
   * must say 支持加密请求, and the call must be a POST of JSON that is answered with JSON.
   */
  paths: readonly string[]
  /** `key` is base64 of 32 bytes. */
  symmetricKey: { sn: string; key: string }
  /** The application's RSA key, PEM. */
  privateKey: string
  /** The number of its public key, sent as Wechatmp-Serial; only needed when WeChat answers 40230. */
  privateKeySn?: string
  /** WeChat's certificates, PEM; both of them while WeChat replaces one. */
  platformCertificates: readonly { sn: string; certificate: string }[]
}

export type SecurityKeys = {
  appId: string
  sn: string
  key: Buffer
  privateKey: KeyObject
  privateKeySn: string | undefined
  platformKeys: ReadonlyMap<string, KeyObject>
}

/** Parses the keys; throws a TypeError that names the key or path that cannot be used. */
export const readSecurityKeys = (appId: string, options: ApiSecurityOptions): SecurityKeys => {
  const unsealable = UNSEALABLE.find((path) => options.paths.includes(path))
  if (unsealable) throw new TypeError(`paths: ${unsealable} cannot be signed and encrypted`)
  const key = Buffer.from(options.symmetricKey.key, 'base64')
  if (key.length !== 32) throw new TypeError('symmetricKey must be base64 of 32 bytes')

  return {
    appId,
    sn: options.symmetricKey.sn,
    key,
    privateKey: readKey('privateKey', () => createPrivateKey(options.privateKey)),
    privateKeySn: options.privateKeySn,
    platformKeys: new Map(
      options.platformCertificates.map(({ sn, certificate }) => [
        sn.toUpperCase(),
        readKey('platformCertificates', () => createPublicKey(certificate)),
      ]),
    ),
  }
}

const readKey = (name: string, read: () => KeyObject): KeyObject => {
  const key = attempt(read)
  if (!key) throw new TypeError(`${name} is not a PEM key`)
  if (key.asymmetricKeyType !== 'rsa') throw new TypeError(`${name} is not an RSA key`)

  return key
}

const attempt = (read: () => KeyObject): KeyObject | null => {
  try {
    return read()
  } catch {
    return null
  }
}

// No access_token, no JSON body, or a file. WeChat does not document how pictures are encrypted.
const UNSEALABLE = [
  '/sns/jscode2session',
  '/cgi-bin/token',
  '/cgi-bin/stable_token',
  '/wxa/checksession',
  '/wxa/resetusersessionkey',
  '/cgi-bin/media/upload',
  '/cgi-bin/media/get',
  '/wxa/getwxacode',
  '/wxa/getwxacodeunlimit',
  '/cgi-bin/wxaapp/createwxaqrcode',
]
