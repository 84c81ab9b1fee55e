import { isUtf8 } from 'node:buffer'
import { createDecipheriv } from 'node:crypto'

export type Sealed = {
  /** Base64 of 16 bytes. */
  sessionKey: string
  encryptedData: string
  iv: string
}

/**
 * Decrypts JSON that was encrypted with AES-128-CBC and PKCS#7. Never throws, and does the same work
 * whether key, iv, length, padding, encoding or JSON is wrong: if the time told which, a sender could
 * decrypt byte by byte with many requests (padding oracle). `value` is only meaningful when `isWhole`.
 */
export const openSealed = ({
  sessionKey,
  encryptedData,
  iv,
}: Sealed): { value: unknown; isWhole: boolean } => {
  const key = decode(sessionKey, BASE64_16)
  const vector = decode(iv, BASE64_16)
  const sealed = decode(encryptedData.length > MAX_LENGTH ? '' : encryptedData, BASE64)
  const isCut = sealed.length % BLOCK > 0
  const bytes = decrypt(key, vector, isCut ? BLANK : sealed)
  const padding = paddingOf(bytes)
  const text = bytes.subarray(0, bytes.length - padding.length)
  const isText = isUtf8(text)
  const { value, isJson } = parse(isText && padding.isRight ? text : SOME_JSON)

  const isSound = ![key, vector, sealed].includes(BLANK) && !isCut
  return { value, isWhole: isSound && padding.isRight && isText && isJson }
}

const BLOCK = 16
/** Replaces unusable input, so that the same work is done. */
const BLANK = Buffer.alloc(BLOCK)
const MAX_LENGTH = 65_536
const BASE64_16 = /^[A-Za-z0-9+/]{22}==$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

const decode = (text: string, pattern: RegExp): Buffer =>
  pattern.test(text) ? Buffer.from(text, 'base64') : BLANK

/** Skips OpenSSL's own padding check: it throws, so wrong padding would take longer. */
const decrypt = (key: Buffer, iv: Buffer, sealed: Buffer) => {
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false)

  return Buffer.concat([decipher.update(sealed), decipher.final()])
}

/** Reads the whole last block whatever it contains; the length is capped at one block. */
const paddingOf = (bytes: Buffer): { length: number; isRight: boolean } => {
  const last = bytes.at(-1) ?? 0
  let wrong = Number(last === 0) | Number(last > BLOCK)
  for (let index = 1; index <= BLOCK; index += 1) {
    wrong |= Number(index <= last) & Number(bytes.at(-index) !== last)
  }

  return { length: Math.min(last, BLOCK), isRight: wrong === 0 }
}

/** As long as WeChat's data; parsed instead of bytes that are not text, which would take longer. */
const SOME_JSON = Buffer.from(
  JSON.stringify({
    phoneNumber: '13800138000',
    purePhoneNumber: '13800138000',
    countryCode: '86',
    watermark: { timestamp: 1_477_314_187, appid: 'wx4f4bc4dec97d474b' },
  }),
)
const NO_JSON = Buffer.from('\u0001')

/** Always parses one text that is JSON and one that is not. */
const parse = (bytes: Buffer): { value: unknown; isJson: boolean } => {
  const first = tryParse(bytes)
  const other = tryParse(first.isJson ? NO_JSON : SOME_JSON)

  return { value: first.isJson ? first.value : other.value, isJson: first.isJson }
}

const tryParse = (bytes: Buffer): { value: unknown; isJson: boolean } => {
  try {
    return { value: JSON.parse(bytes.toString('utf8')), isJson: true }
  } catch {
    return { value: undefined, isJson: false }
  }
}
