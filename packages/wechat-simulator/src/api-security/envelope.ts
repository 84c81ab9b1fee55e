import type { KeyObject } from 'node:crypto'
import { constants, createCipheriv, createDecipheriv, randomBytes, sign, verify } from 'node:crypto'

/** What a body and its signature are bound to. */
export interface Binding {
  /** The address as WeChat signs it, without a query. */
  url: string
  appid: string
  /** Seconds since 1970, as the header has them. */
  timestamp: string
}

export interface SymmetricKey {
  sn: string
  key: Buffer
}

/** RSAwithSHA256 of a body, base64: PSS with a salt of 32 bytes. */
export const signBody = (body: string, binding: Binding, key: KeyObject) =>
  sign('sha256', signedText(body, binding), { key, ...PSS }).toString('base64')

export const isSignatureOf = (
  body: string,
  binding: Binding,
  key: KeyObject,
  signature: string,
): boolean =>
  verify('sha256', signedText(body, binding), { key, ...PSS }, Buffer.from(signature, 'base64'))

/** AES256_GCM of fields, as the body that is sent; `_n`, `_appid` and `_timestamp` are added. */
export const sealFields = (fields: object, binding: Binding, { sn, key }: SymmetricKey) => {
  const { appid, timestamp } = binding
  const inner = { _n: createNonce(), _appid: appid, _timestamp: Number(timestamp), ...fields }
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aadOf(binding, sn))
  const data = cipher.update(JSON.stringify(inner), 'utf8', 'base64') + cipher.final('base64')

  return JSON.stringify({
    iv: iv.toString('base64'),
    data,
    authtag: cipher.getAuthTag().toString('base64'),
  })
}

export interface Opened {
  nonce: string
  fields: Record<string, unknown>
}

/** The fields of a sealed body, or undefined when it was not sealed with this key and binding. */
export const openFields = (
  body: string,
  binding: Binding,
  symmetricKey: SymmetricKey,
): Opened | undefined => {
  const inner = parseObject(decrypt(body, binding, symmetricKey))
  if (!inner) return undefined
  const { _n, _appid, _timestamp, ...fields } = inner
  // The page says that _timestamp is a number; a client library in wide use sends a text.
  const isBound = _appid === binding.appid && String(_timestamp) === binding.timestamp

  return isBound && typeof _n === 'string' && _n !== '' ? { nonce: _n, fields } : undefined
}

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

const signedText = (body: string, { url, appid, timestamp }: Binding) =>
  Buffer.from([url, appid, timestamp, body].join('\n'))

const aadOf = ({ url, appid, timestamp }: Binding, sn: string) =>
  Buffer.from([url, appid, timestamp, sn].join('|'))

const createNonce = () => randomBytes(16).toString('base64').replace(/=+$/, '')

const decrypt = (body: string, binding: Binding, { sn, key }: SymmetricKey) => {
  const { iv, data, authtag } = parseObject(body) ?? {}
  if (typeof iv !== 'string' || typeof data !== 'string' || typeof authtag !== 'string') return ''
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(aadOf(binding, sn)).setAuthTag(Buffer.from(authtag, 'base64'))
    return decipher.update(data, 'base64', 'utf8') + decipher.final('utf8')
  } catch {
    return ''
  }
}

const parseObject = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
