import type { Area } from './area.ts'
import { fromBase64, toBase64 } from './file-store.ts'

/** Network status, clipboard, battery and other device functions. */
export const deviceApi: Area = ({ system, ui, privacy, environment }, api) => {
  let clipboard = ''
  return {
    getNetworkType: api('getNetworkType', () => ({
      networkType: system.networkType,
      weakNet: system.networkDelay > 1000,
    })),
    setClipboardData: api('setClipboardData', ({ data }) => {
      clipboard = String(data ?? '')
      ui.toast = { title: '内容已复制', icon: 'success', image: '', mask: false }
      ui.changed()
      environment.setTimeout(() => {
        ui.toast = null
        ui.changed()
      }, 1500)
    }),
    getClipboardData: api('getClipboardData', async () => {
      const refused = await privacy.refusal('getClipboardData')
      if (refused)
        throw { reason: refused.errMsg.replace('getClipboardData:fail ', ''), errno: refused.errno }
      return { data: clipboard }
    }),
    makePhoneCall: api('makePhoneCall', () => undefined),
    vibrateShort: api('vibrateShort', () => undefined),
    vibrateLong: api('vibrateLong', () => undefined),
    setKeepScreenOn: api('setKeepScreenOn', () => undefined),
    getScreenBrightness: api('getScreenBrightness', () => ({ value: 0.5 })),
    hideKeyboard: api('hideKeyboard', () => undefined),
    getBatteryInfo: api('getBatteryInfo', () => ({ level: 100, isCharging: false })),
    getBatteryInfoSync: () => ({ level: 100, isCharging: false }),
    showShareMenu: api('showShareMenu', () => undefined),
    hideShareMenu: api('hideShareMenu', () => undefined),
    updateShareMenu: api('updateShareMenu', () => undefined),
    getRandomValues: api('getRandomValues', ({ length }) => {
      const bytes = new Uint8Array(Number(length ?? 0))
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(Math.random() * 256)
      return { randomValues: bytes.buffer }
    }),
    arrayBufferToBase64: (buffer: ArrayBuffer) => toBase64(new Uint8Array(buffer)),
    base64ToArrayBuffer: (text: string) => fromBase64(text).buffer,
  }
}
