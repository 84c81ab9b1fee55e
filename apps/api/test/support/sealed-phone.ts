import { createCipheriv, randomBytes } from 'node:crypto'
import { TEST_APP } from './start-test-api.ts'

const BLOCK = 16

/** How encryptedData differs from what WeChat encrypts for this app at this moment. */
export type Flaw = {
  sessionKey?: string
  appid?: string
  ageSeconds?: number
  purePhoneNumber?: string
  text?: string
  padding?: 'wrong'
  /** Sent in place of the encrypted data. */
  encryptedData?: string
  iv?: string
}

/** encryptedData and iv of a phone number, encrypted with a session_key that the test knows. */
export const sealPhone = (sessionKey: string, flaw: Flaw) => {
  const { appid = TEST_APP.appid, ageSeconds = 0, purePhoneNumber = '13800000001' } = flaw
  const timestamp = Math.floor(Date.now() / 1_000) - ageSeconds
  const numbers = { phoneNumber: '13800000001', purePhoneNumber, countryCode: '86' }
  const { text = JSON.stringify({ ...numbers, watermark: { timestamp, appid } }) } = flaw
  const length = BLOCK - (Buffer.byteLength(text) % BLOCK)
  const padding = Buffer.alloc(length, flaw.padding === 'wrong' ? BLOCK + 1 : length)
  const iv = randomBytes(BLOCK)
  const key = Buffer.from(flaw.sessionKey ?? sessionKey, 'base64')
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
  const sealed = Buffer.concat([cipher.update(text), cipher.update(padding), cipher.final()])
  return {
    encryptedData: flaw.encryptedData ?? sealed.toString('base64'),
    iv: flaw.iv ?? iv.toString('base64'),
  }
}
