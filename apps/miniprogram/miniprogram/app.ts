import { messages } from './i18n/index'
import { zhCN } from './i18n/zh-CN'
import { watchPrivacy } from './utils/privacy'
import { onSessionChange, readSession } from './utils/session'
import { watchUpdates } from './utils/update'
import { checkLogin } from './utils/user'

App<IAppOption>({
  globalData: { hasLogin: false, apiBase: undefined },

  onLaunch() {
    const refresh = () => {
      this.globalData.hasLogin = readSession() !== undefined
    }
    onSessionChange(refresh)
    refresh()
    watchPrivacy()
    watchUpdates()
    nameTabs()
    void checkLogin()
  },
})

/** app.json names the tabs in one language only. */
const nameTabs = () => {
  if (messages === zhCN) return
  for (const [index, text] of [messages.app.tabHome, messages.app.tabMe].entries()) {
    wx.setTabBarItem({ index, text, fail: () => undefined })
  }
}
