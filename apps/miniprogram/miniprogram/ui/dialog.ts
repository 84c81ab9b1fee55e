import { messages } from '../i18n/index'

/** Asks before an action that cannot be undone. False when WeChat cannot show the dialog. */
export const confirm = (title: string, content: string): Promise<boolean> =>
  ask({ title, content, confirmText: messages.common.confirm })

/** The same before a destructive action: its button is red and says what it does. */
export const confirmDanger = (
  title: string,
  content: string,
  confirmText: string,
): Promise<boolean> => ask({ title, content, confirmText, confirmColor: dangerColor() })

type Question = { title: string; content: string; confirmText: string; confirmColor?: string }

const ask = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    wx.showModal({
      ...question,
      cancelText: messages.common.cancel,
      success: ({ confirm: isConfirmed }) => resolve(isConfirmed),
      fail: () => resolve(false),
    })
  })

/** `--danger` of app.wxss: style sheets do not apply to WeChat's dialog. */
const dangerColor = (): string => {
  try {
    return wx.getAppBaseInfo().theme === 'dark' ? '#ff8a80' : '#b3261e'
  } catch {
    return '#b3261e'
  }
}

/** Shows a short notice that disappears by itself. */
export const showToast = (title: string): void => {
  wx.showToast({ title, icon: 'none', duration: 2500, fail: () => undefined })
}
