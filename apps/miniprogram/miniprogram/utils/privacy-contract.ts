import { messages } from '../i18n/index'

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
