import { messages } from '../i18n/index'

/**
 * The name under which the mini-program's owner declared the guidelines to WeChat.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/privacy/wx.getPrivacySetting.html
 */
export const privacyContractName = (): Promise<string> =>
  new Promise((resolve) => {
    const unknown = () => resolve(messages.privacy.contract)
    if (!wx.canIUse('getPrivacySetting')) return unknown()

    wx.getPrivacySetting({
      success: ({ privacyContractName: name }) => (name ? resolve(name) : unknown()),
      fail: unknown,
    })
  })

/**
 * Opens the guidelines that the mini-program's owner declared to WeChat.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/privacy/wx.openPrivacyContract.html
 */
export const openPrivacyContract = (): void => {
  const fail = () => {
    wx.showToast({ title: messages.privacy.openFailed, icon: 'none' })
  }
  if (wx.canIUse('openPrivacyContract')) wx.openPrivacyContract({ fail })
  else fail()
}
