import { createCipheriv, randomBytes } from 'node:crypto'

export type Attempt = { encryptedData: string; iv: string }

const BLOCK = 16
const SPACE = 0x20
const FIVE_MINUTES_S = 300

/** Ways in which encryptedData can be wrong that only a holder of the key could tell apart. */
export const WAYS = [
  'padding',
  'padding, JSON whole',
  'not JSON',
  'JSON cut short',
  'no watermark',
  'another app',
  'too old',
  'another key',
] as const
export type Way = (typeof WAYS)[number]

/** A new attempt, wrong in that way; all have the same length. */
export const createAttempt = (way: Way, sessionKey: Buffer, appId: string): Attempt => {
  const iv = randomBytes(BLOCK)
  const key = way === 'another key' ? randomBytes(BLOCK) : sessionKey
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
  const sealed = Buffer.concat([cipher.update(plaintextOf(way, appId)), cipher.final()])
  return { encryptedData: sealed.toString('base64'), iv: iv.toString('base64') }
}

const nowSeconds = () => Math.floor(Date.now() / 1_000)
const watermark = (appid: string, timestamp = nowSeconds()) => ({ watermark: { appid, timestamp } })
const PHONE = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' }

const plaintextOf = (way: Way, appId: string) => {
  const right = pad(textOf({ ...PHONE, ...watermark(appId) }))
  switch (way) {
    case 'padding':
      return withLastByte(randomBytes(right.length), 0)
    case 'padding, JSON whole':
      return withLastByte(right, 0)
    case 'not JSON':
      return pad(randomBytes(TEXT_LENGTH))
    case 'JSON cut short':
      return pad(withLastByte(textOf({ ...PHONE, ...watermark(appId) }), SPACE))
    case 'no watermark':
      return pad(textOf({ ...PHONE, watermerk: {} }))
    case 'another app':
      return pad(textOf({ ...PHONE, ...watermark(`${appId.slice(0, -1)}x`) }))
    case 'too old':
      return pad(textOf({ ...PHONE, ...watermark(appId, nowSeconds() - 3 * FIVE_MINUTES_S) }))
    case 'another key':
      return right
  }
}

const TEXT_LENGTH = 171

/** Always of the same length, so that the length reveals nothing. */
const textOf = (data: object) => {
  const bare = JSON.stringify({ ...data, fill: '' })
  return Buffer.from(JSON.stringify({ ...data, fill: 'x'.repeat(TEXT_LENGTH - bare.length) }))
}

const pad = (text: Buffer) => {
  const length = BLOCK - (text.length % BLOCK)
  return Buffer.concat([text, Buffer.alloc(length, length)])
}

const withLastByte = (bytes: Buffer, byte: number) => {
  const copy = Buffer.from(bytes)
  copy[copy.length - 1] = byte
  return copy
}
