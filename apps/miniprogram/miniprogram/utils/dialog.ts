import { messages } from '../i18n/index'

/** Asks before something that cannot be taken back. A dialog that WeChat cannot show is a no. */
export const confirm = (title: string, content: string): Promise<boolean> =>
  new Promise((resolve) => {
    wx.showModal({
      title,
      content,
      cancelText: messages.common.cancel,
      confirmText: messages.common.confirm,
      success: ({ confirm: isConfirmed }) => resolve(isConfirmed),
      fail: () => resolve(false),
    })
  })

/** A short notice that goes away by itself. */
export const say = (title: string): void => {
  wx.showToast({ title, icon: 'none', duration: 2500, fail: () => undefined })
}
