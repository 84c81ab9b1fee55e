import { messages } from '../i18n/index'
import { zhCN } from '../i18n/zh-CN'

let isDone = messages === zhCN

/** app.json names the tabs in one language; WeChat allows renaming them while a tab is shown. */
export const nameTabs = (): void => {
  if (isDone) return
  const success = () => {
    isDone = true
  }
  for (const [index, text] of [messages.app.tabHome, messages.app.tabMe].entries()) {
    wx.setTabBarItem({ index, text, success, fail: () => undefined })
  }
}
