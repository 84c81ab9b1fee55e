import { Type } from 'typebox'

export type PhoneNumber = {
  /** As WeChat displays it: with the country code for numbers outside China. */
  phoneNumber: string
  /** Without the country code. */
  purePhoneNumber: string
  /** Digits, e.g. `86`. */
  countryCode: string
}

const Digits = (maxLength: number) => Type.String({ pattern: `^[0-9]{1,${maxLength}}$` })

/** WeChat's `phone_info`; encryptedData of getPhoneNumber contains the same. */
export const PhoneInfo = Type.Object({
  phoneNumber: Type.String({ pattern: '^\\+?[0-9-]{1,24}$' }),
  purePhoneNumber: Digits(20),
  countryCode: Digits(5),
  watermark: Type.Object({ appid: Type.String(), timestamp: Type.Integer() }),
})
