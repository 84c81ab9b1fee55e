import { constants, createCipheriv, createDecipheriv, randomBytes, sign, verify } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { SecurityKeys } from './security-keys.ts'

// https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html

export type SealedCall = { timestamp: number; body: string; signature: string }

/** Encrypts and signs the fields of a call to `url` (without its query). */
export const sealCall = (
  keys: SecurityKeys,
  url: string,
  fields: object,
  timestamp: number,
): SealedCall => {
  const inner = { ...fields, _n: randomNonce(), _appid: keys.appId, _timestamp: timestamp }
  const body = encrypt(keys, aadOf(keys, url, timestamp), JSON.stringify(inner))
  const signature = sign('sha256', signedText(keys, url, timestamp, body), {
    key: keys.privateKey,
    padding: PSS,
    saltLength: 32,
  })

  return { timestamp, body, signature: signature.toString('base64') }
}

export type SignedAnswer = { timestamp: number; body: string; serial: string; signature: string }

/** The JSON text of an answer; null when it is not an answer by WeChat for this appid and URL. */
export const openAnswer = (
  keys: SecurityKeys,
  url: string,
  { timestamp, body, serial, signature }: SignedAnswer,
): string | null => {
  const key = keys.platformKeys.get(serial.toUpperCase())
  if (!key) return null
  const text = signedText(keys, url, timestamp, body)
  // WeChat documents a salt of 32 bytes for the signatures of calls, and none for its own.
  const check = { key, padding: PSS, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
  if (!verify('sha256', text, check, Buffer.from(signature, 'base64'))) return null
  const plain = decrypt(keys, aadOf(keys, url, timestamp), body)
  if (plain === null) return null
  const fields: unknown = parse(plain)
  const isForUs =
    innerValidator.Check(fields) && fields._appid === keys.appId && fields._timestamp === timestamp

  return isForUs ? plain : null
}

const PSS = constants.RSA_PKCS1_PSS_PADDING
const CIPHER = 'aes-256-gcm'

const sealedValidator = Compile(
  Type.Object({ iv: Type.String(), data: Type.String(), authtag: Type.String() }),
)
const innerValidator = Compile(Type.Object({ _appid: Type.String(), _timestamp: Type.Integer() }))

const signedText = ({ appId }: SecurityKeys, url: string, timestamp: number, body: string) =>
  Buffer.from(`${url}\n${appId}\n${timestamp}\n${body}`)

const aadOf = ({ appId, sn }: SecurityKeys, url: string, timestamp: number) =>
  Buffer.from(`${url}|${appId}|${timestamp}|${sn}`)

const randomNonce = () => randomBytes(24).toString('base64').replaceAll('=', '')

const encrypt = ({ key }: SecurityKeys, aad: Buffer, text: string): string => {
  const iv = randomBytes(12)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(aad)
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])

  return JSON.stringify({
    iv: iv.toString('base64'),
    data: data.toString('base64'),
    authtag: cipher.getAuthTag().toString('base64'),
  })
}

const decrypt = ({ key }: SecurityKeys, aad: Buffer, body: string): string | null => {
  const sealed = parse(body)
  if (!sealedValidator.Check(sealed)) return null
  const [iv, data, tag] = [sealed.iv, sealed.data, sealed.authtag].map((part) =>
    Buffer.from(part, 'base64'),
  )
  if (iv?.length !== 12 || tag?.length !== 16 || !data) return null
  try {
    const decipher = createDecipheriv(CIPHER, key, iv).setAAD(aad).setAuthTag(tag)
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
