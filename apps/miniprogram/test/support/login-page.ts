import { startApi } from './api'
import { start } from './start'
import type { Wechat } from './wechat'

export const LOGIN_PAGE = 'pages/auth/login/login'
export const LOGIN = '/wx/auth/login_by_weixin'
export const BY_PHONE = '/wx/auth/login_by_phone'

/** The event of the form, with the name that it holds. */
export const submitted = (nickName: unknown = '') => ({ detail: { value: { nickName } } })

/** Events of the box by which the user agrees. */
export const ticked = { detail: { value: ['yes'] } }
export const unticked = { detail: { value: [] } }

/** Opens the page for a user who has not agreed yet. */
export const openLogin = async (prepare: (wechat: Wechat) => void = () => {}) => {
  const api = await startApi()
  const running = await start({ base: api.base, prepare })
  const page = await running.openPage(LOGIN_PAGE)

  return { api, page, ...running }
}

/** The same, and ticks the box. */
export const openAgreed = async (prepare?: (wechat: Wechat) => void) => {
  const opened = await openLogin(prepare)
  opened.page.onAgreed(ticked)

  return opened
}
