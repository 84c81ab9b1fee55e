import type { App } from './apps.ts'
import type { Person } from './people.ts'
import type { Settings } from './settings.ts'

/** What a phone code or the decrypted data of a getPhoneNumber button tells. */
export interface PhoneInfo {
  phoneNumber: string
  purePhoneNumber: string
  countryCode: string
  watermark: { timestamp: number; appid: string }
}

export const phoneInfoOf = (
  { phone, countryCode }: Person,
  appid: string,
  now: number,
  { phonePrefix }: Settings,
): PhoneInfo => ({
  phoneNumber:
    phonePrefix === 'foreign' && countryCode === '86' ? phone : `+${countryCode}${phone}`,
  purePhoneNumber: phone,
  countryCode,
  watermark: { timestamp: Math.floor(now / 1000), appid },
})

/** Phone numbers are paid for: each app may ask for so many. */
export interface PhoneQuota {
  left: (app: App) => number
  use: (app: App) => void
}

export const createPhoneQuota = (settings: () => Settings): PhoneQuota => {
  const used = new Map<string, number>()

  return {
    left: (app) => (app.phoneQuota ?? settings().phoneQuota) - (used.get(app.appid) ?? 0),
    use: ({ appid }) => void used.set(appid, (used.get(appid) ?? 0) + 1),
  }
}
