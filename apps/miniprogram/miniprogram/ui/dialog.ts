import { messages } from '../i18n/index'

/** Asks before something that cannot be taken back. A dialog that WeChat cannot show is a no. */
export const confirm = (title: string, content: string): Promise<boolean> =>
  ask({ title, content, confirmText: messages.common.confirm })

/** The same before something that destroys: the button that does it is red, and names it. */
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

/** WeChat's dialog knows no style sheet: `--danger` of app.wxss. */
const dangerColor = (): string => {
  try {
    return wx.getAppBaseInfo().theme === 'dark' ? '#ff8a80' : '#b3261e'
  } catch {
    return '#b3261e'
  }
}

/** A short notice that goes away by itself. */
export const say = (title: string): void => {
  wx.showToast({ title, icon: 'none', duration: 2500, fail: () => undefined })
}
