import type { Language } from '../i18n/index'
import { language, messages } from '../i18n/index'

/** As app.json names them at first; `undefined` when WeChat refused to rename them. */
let named: Language | undefined = 'zh-CN'

/** Names the tabs in the language that is shown; WeChat allows it while a tab is shown. */
export const nameTabs = (): void => {
  const shown = language()
  if (named === shown) return
  named = shown
  const fail = () => {
    named = undefined
  }
  for (const [index, text] of [
    messages.app.tabHome,
    messages.app.tabMeetings,
    messages.app.tabVotes,
    messages.app.tabMe,
  ].entries()) {
    wx.setTabBarItem({ index, text, fail })
  }
}
