import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { PhoneNumber } from '../phone/phone-number.ts'
import { PhoneInfo } from '../phone/phone-number.ts'
import type { Sealed } from './open-sealed.ts'
import { openSealed } from './open-sealed.ts'
import { UserDataError } from './user-data-error.ts'

export type EncryptedUserData = Sealed & {
  appId: string
  /** Of the user who sent the data, never of an openid that a client names. */
  sessionKey: string
  /** How old the data may be; 5 minutes by default. Clocks may differ by as much again. */
  maxAgeSeconds?: number
  /** Unix time, ms; the clock by default. */
  now?: number
}

/**
 * The JSON object in encryptedData of wx.getUserInfo, getPhoneNumber and others, provided that its
 * watermark names this appid and is recent. Throws UserDataError for anything else, after the same work
 * whatever was wrong. The data is encrypted but not signed: its sender can alter the first 16 bytes, so
 * a user is identified by code2Session, never by this data.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export const decryptUserData = (input: EncryptedUserData): Record<string, unknown> => {
  const { data, isAcceptable } = read(input)
  if (!isAcceptable) throw new UserDataError()

  return data
}

/** The phone number in encryptedData of getPhoneNumber, as clients before base library 2.21.2 send it. */
export const decryptPhoneNumber = (input: EncryptedUserData): PhoneNumber => {
  const { data, isAcceptable } = read(input)
  if (!phoneValidator.Check(data) || !isAcceptable) throw new UserDataError()
  const { phoneNumber, purePhoneNumber, countryCode } = data

  return { phoneNumber, purePhoneNumber, countryCode }
}

const DEFAULT_MAX_AGE_SECONDS = 300
/** The clock of this server may differ from WeChat's by this much. */
const CLOCK_SKEW_SECONDS = 300

const Marked = Type.Object({
  watermark: Type.Object({ appid: Type.String(), timestamp: Type.Integer() }),
})
type Marked = Static<typeof Marked>
const watermarkValidator = Compile(Marked)
const phoneValidator = Compile(PhoneInfo)

/** Replaces data without a watermark, so that the checks that follow take as long. */
const NO_DATA = {
  phoneNumber: '0',
  purePhoneNumber: '0',
  countryCode: '0',
  watermark: { appid: '', timestamp: 0 },
}

const read = (input: EncryptedUserData) => {
  const opened = openSealed(input)
  const marked = watermarkValidator.Check(opened.value) ? opened.value : null
  const data: Record<string, unknown> & Marked = marked ?? NO_DATA
  const { appid, timestamp } = data.watermark
  const ageSeconds = (input.now ?? Date.now()) / 1_000 - timestamp
  const isRecent =
    ageSeconds <= (input.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS) + CLOCK_SKEW_SECONDS &&
    ageSeconds >= -CLOCK_SKEW_SECONDS

  return {
    data,
    isAcceptable: opened.isWhole && marked !== null && appid === input.appId && isRecent,
  }
}
