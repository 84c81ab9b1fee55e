import type { App } from './apps.ts'
import type { Person } from './people.ts'
import type { Settings } from './settings.ts'

/** What a phone code yields, or the encrypted data of a getPhoneNumber button. */
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

/** The quick button, and the one whose number is verified by a text message each time. */
export type PhoneButton = 'getPhoneNumber' | 'getRealtimePhoneNumber'

/** How often an app's button has been answered with a number. */
export interface PhoneUsage {
  appid: string
  button: PhoneButton
  used: number
  limit: number
  /** The price of the used ones, free ones included. */
  yuan: number
}

/**
 * Phone numbers are paid for, when the button is answered rather than when its code is exchanged.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
 */
export interface PhoneQuota {
  left: (app: App, button: PhoneButton) => number
  use: (app: App, button: PhoneButton) => void
  /** Buttons that were used. */
  list: (apps: readonly App[]) => PhoneUsage[]
}

const BUTTONS: readonly PhoneButton[] = ['getPhoneNumber', 'getRealtimePhoneNumber']
const FEN: Readonly<Record<PhoneButton, number>> = {
  getPhoneNumber: 3,
  getRealtimePhoneNumber: 4,
}

export const createPhoneQuota = (settings: () => Settings): PhoneQuota => {
  const used = new Map<string, number>()
  const usedOf = ({ appid }: App, button: PhoneButton) => used.get(`${appid}\n${button}`) ?? 0

  return {
    left: (app, button) => limitOf(app, button, settings()) - usedOf(app, button),
    use: (app, button) => void used.set(`${app.appid}\n${button}`, usedOf(app, button) + 1),
    list: (apps) =>
      apps.flatMap((app) =>
        BUTTONS.filter((button) => usedOf(app, button) > 0).map((button) => ({
          appid: app.appid,
          button,
          used: usedOf(app, button),
          limit: limitOf(app, button, settings()),
          yuan: (usedOf(app, button) * FEN[button]) / 100,
        })),
      ),
  }
}

const limitOf = (app: App, button: PhoneButton, settings: Settings) =>
  button === 'getPhoneNumber'
    ? (app.phoneQuota ?? settings.phoneQuota)
    : (app.realtimePhoneQuota ?? settings.realtimePhoneQuota)
