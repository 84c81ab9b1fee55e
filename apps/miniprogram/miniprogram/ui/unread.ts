import { onSessionChange, readSession } from '../auth/session'
import { countText } from '../meetings/moves'

const HOME_TAB = 0
let unread = 0

onSessionChange(() => {
  if (readSession()) return
  unread = 0
  showUnread()
})

export const unreadText = (count: number): string => (count > 0 ? countText(count) : '')

/** Remembers how many messages wait. */
export const keepUnread = (count: number): void => {
  unread = count
}

/** Shows it at the first tab. WeChat refuses on a page without tabs; the next tab page does it then. */
export const showUnread = (): void => {
  const text = unreadText(unread)
  const fail = () => undefined
  if (text) wx.setTabBarBadge({ index: HOME_TAB, text, fail })
  else wx.removeTabBarBadge({ index: HOME_TAB, fail })
}
