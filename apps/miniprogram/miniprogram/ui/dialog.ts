import { messages } from '../i18n/index'
import type { Failure } from '../net/failure'
import { describeFailure, requestText } from '../net/failure'

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

/** The text that the user enters; null when they change their mind, or WeChat cannot show the dialog. */
export const askText = (
  title: string,
  placeholderText: string,
  content = '',
): Promise<string | null> =>
  new Promise((resolve) => {
    wx.showModal({
      title,
      content,
      placeholderText,
      editable: true,
      confirmText: messages.common.confirm,
      cancelText: messages.common.cancel,
      success: ({ confirm: isConfirmed, content: text = '' }) =>
        resolve(isConfirmed ? text.trim() : null),
      fail: () => resolve(null),
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

/** The same for a failure after which nothing on the page changes; `text` replaces its own. */
export const showFailure = (failure: Failure, text = describeFailure(failure)): void => {
  showToast([text, requestText(failure)].filter(Boolean).join('\n'))
}

/** Something that the user has to know before going on; resolves once it was read. */
export const tell = (title: string, content: string): Promise<void> =>
  new Promise((resolve) => {
    wx.showModal({
      title,
      content,
      showCancel: false,
      confirmText: messages.common.understood,
      success: () => resolve(),
      fail: () => resolve(),
    })
  })

/** Lets the user choose one of at most six; `undefined` when nothing was chosen. */
export const choose = (itemList: string[]): Promise<number | undefined> =>
  new Promise((resolve) => {
    wx.showActionSheet({
      itemList,
      success: ({ tapIndex }) => resolve(tapIndex),
      fail: () => resolve(undefined),
    })
  })
