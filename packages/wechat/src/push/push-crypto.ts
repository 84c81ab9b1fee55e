import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { isEqual } from '../user-data/signature.ts'

// https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html

/** WeChat's signature of a push: sha1 of the sorted parts, hexadecimal. */
export const signPush = (...parts: string[]): string =>
  createHash('sha1').update(parts.sort().join('')).digest('hex')

export const isPushSignature = (signature: string, ...parts: string[]): boolean =>
  isEqual(signature, signPush(...parts))

/** The 32 bytes of an EncodingAESKey; throws a TypeError for text that is not one. */
export const decodeAesKey = (encodingAesKey: string): Buffer => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  if (!ENCODING_AES_KEY.test(encodingAesKey) || key.length !== 32) {
    throw new TypeError('An EncodingAESKey must be 43 letters and digits')
  }

  return key
}

/** The message in `Encrypt`; null when it was not encrypted with this key for this appid. */
export const decryptPush = (encrypted: string, key: Buffer, appId: string): string | null => {
  const plain = decipher(encrypted, key)
  if (!plain) return null
  const padding = plain.at(-1) ?? 0
  const end = plain.length - padding
  if (padding < 1 || padding > BLOCK || end < HEADER) return null
  const length = plain.readUInt32BE(RANDOM)
  const isForUs = plain.subarray(HEADER + length, end).equals(Buffer.from(appId))
  if (HEADER + length > end || !isForUs) return null

  return plain.toString('utf8', HEADER, HEADER + length)
}

/** Encrypts a message for this appid. Only tests pass `random`, which must be unpredictable. */
export const encryptPush = (
  message: string,
  key: Buffer,
  appId: string,
  random: Buffer = randomBytes(RANDOM),
): string => {
  const text = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const content = Buffer.concat([random, length, text, Buffer.from(appId)])
  const padding = BLOCK - (content.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([content, Buffer.alloc(padding, padding)])

  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

const ENCODING_AES_KEY = /^[A-Za-z0-9]{43}$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const RANDOM = 16
const HEADER = RANDOM + 4
// WeChat pads to 32 bytes, not to the 16 of AES, so OpenSSL's own padding cannot be used.
const BLOCK = 32

const decipher = (encrypted: string, key: Buffer): Buffer | null => {
  const bytes = BASE64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0)
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null
  const decrypt = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)

  return Buffer.concat([decrypt.update(bytes), decrypt.final()])
}
