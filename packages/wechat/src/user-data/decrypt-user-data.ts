import { createDecipheriv } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { PhoneNumber } from '../phone/phone-number.ts'
import { PhoneInfo } from '../phone/phone-number.ts'
import { UserDataError } from './user-data-error.ts'

export type EncryptedUserData = {
  appId: string
  /** Of the very person who sent the data, never of an openid that a client names. */
  sessionKey: string
  encryptedData: string
  iv: string
  /** How old the data may be; 5 minutes unless told. */
  maxAgeSeconds?: number
  /** Unix time, ms. */
  now?: number
}

/**
 * The JSON object in encryptedData of wx.getUserInfo, getPhoneNumber and others, once its watermark
 * names this appid and is recent. Throws UserDataError for anything else. It is encrypted but not signed:
 * its sender can alter the first 16 bytes, so who somebody is comes from code2Session, never from here.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export const decryptUserData = (input: EncryptedUserData): Record<string, unknown> => {
  const data = decryptObject(input)
  if (!watermarkValidator.Check(data)) throw new UserDataError()
  const { appid, timestamp } = data.watermark
  const ageSeconds = (input.now ?? Date.now()) / 1_000 - timestamp
  const isRecent =
    ageSeconds <= (input.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS) &&
    ageSeconds >= -CLOCK_SKEW_SECONDS
  if (appid !== input.appId || !isRecent) throw new UserDataError()

  return data
}

/** The phone number in encryptedData of getPhoneNumber, as clients before base library 2.21.2 send it. */
export const decryptPhoneNumber = (input: EncryptedUserData): PhoneNumber => {
  const data = decryptUserData(input)
  if (!phoneValidator.Check(data)) throw new UserDataError()
  const { phoneNumber, purePhoneNumber, countryCode } = data

  return { phoneNumber, purePhoneNumber, countryCode }
}

const DEFAULT_MAX_AGE_SECONDS = 300
const CLOCK_SKEW_SECONDS = 60
const MAX_DATA_LENGTH = 65_536

const watermarkValidator = Compile(
  Type.Object({ watermark: Type.Object({ appid: Type.String(), timestamp: Type.Integer() }) }),
)
const phoneValidator = Compile(PhoneInfo)

const decryptObject = ({ sessionKey, encryptedData, iv }: EncryptedUserData): unknown => {
  if (!BASE64_16.test(sessionKey) || !BASE64_16.test(iv)) throw new UserDataError()
  if (encryptedData.length > MAX_DATA_LENGTH || !BASE64.test(encryptedData)) {
    throw new UserDataError()
  }
  try {
    const key = Buffer.from(sessionKey, 'base64')
    const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(iv, 'base64'))
    const bytes = Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()])

    return JSON.parse(UTF8.decode(bytes))
  } catch {
    throw new UserDataError()
  }
}

const BASE64_16 = /^[A-Za-z0-9+/]{22}==$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const UTF8 = new TextDecoder('utf-8', { fatal: true })
