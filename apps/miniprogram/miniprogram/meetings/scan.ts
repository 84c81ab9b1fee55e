export type Scanned = { kind: 'code'; text: string } | { kind: 'cancelled' } | { kind: 'noCamera' }

const CANCELLED = /cancel/

/**
 * What the camera sees. Not from the album: a code that somebody sent is no proof of being there.
 * https://developers.weixin.qq.com/miniprogram/dev/api/device/scan/wx.scanCode.html
 */
export const scanCode = (): Promise<Scanned> =>
  new Promise((resolve) => {
    wx.scanCode({
      onlyFromCamera: true,
      scanType: ['qrCode'],
      success: ({ result }) => resolve({ kind: 'code', text: result }),
      fail: ({ errMsg }) => resolve({ kind: CANCELLED.test(errMsg) ? 'cancelled' : 'noCamera' }),
    })
  })
