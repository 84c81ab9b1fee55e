export const openAgreement = (): void => {
  wx.navigateTo({ url: '/pages/auth/agreement/agreement' })
}
