export type Copied = 'copied' | 'noConsent' | 'failed'

/** WeChat's errno for a user who has not agreed to the privacy guidelines. */
const NO_CONSENT = 104

/**
 * Copies text to the phone's clipboard; never rejects. WeChat may ask for consent first.
 * https://developers.weixin.qq.com/miniprogram/dev/api/device/clipboard/wx.setClipboardData.html
 */
export const copyText = (data: string): Promise<Copied> =>
  new Promise((resolve) => {
    wx.setClipboardData({
      data,
      success: () => resolve('copied'),
      fail: (failure) => resolve(lacksConsent(failure) ? 'noConsent' : 'failed'),
    })
  })

/** The typings do not declare `errno`, which WeChat sends when consent is missing. */
const lacksConsent = ({ errno }: { errMsg: string; errno?: number }): boolean =>
  errno === NO_CONSENT
