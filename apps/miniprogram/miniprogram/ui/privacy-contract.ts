import { messages } from '../i18n/index'

export type PrivacySetting = {
  /** The name under which the mini-program's owner declared the guidelines to WeChat. */
  contract: string
  /** Whether the user has yet to agree to them; always false before base library 2.32.3. */
  needsConsent: boolean
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/privacy/wx.getPrivacySetting.html */
export const privacySetting = (): Promise<PrivacySetting> =>
  new Promise((resolve) => {
    const unknown = () => resolve({ contract: messages.privacy.contract, needsConsent: false })
    if (!wx.canIUse('getPrivacySetting')) return unknown()

    wx.getPrivacySetting({
      success: ({ privacyContractName, needAuthorization }) =>
        resolve({
          contract: privacyContractName || messages.privacy.contract,
          needsConsent: needAuthorization,
        }),
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
