export type Copied = 'copied' | 'noConsent' | 'failed'

/** WeChat's number for a person who has not agreed to the privacy guidelines. */
const NO_CONSENT = 104

/**
 * Puts text into the phone's clipboard; never rejects. WeChat may ask for consent first.
 * https://developers.weixin.qq.com/miniprogram/dev/api/device/clipboard/wx.setClipboardData.html
 */
export const copyText = (data: string): Promise<Copied> =>
  new Promise((resolve) => {
    wx.setClipboardData({
      data,
      success: () => resolve('copied'),
      fail: (failure) => resolve(isRefusal(failure) ? 'noConsent' : 'failed'),
    })
  })

/** The typings leave out the number that comes with a missing consent. */
const isRefusal = ({ errno }: { errMsg: string; errno?: number }): boolean => errno === NO_CONSENT
