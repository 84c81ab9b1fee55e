import type { ApiRoutes } from '@oa/contracts'

export type ApiPath = keyof ApiRoutes

const paths = <T extends Record<string, ApiPath>>(table: T): T => table

/** Every path of the API. A path that is not in the contract does not compile. */
export const api = paths({
  login: '/wx/auth/login_by_weixin',
  loginByPhone: '/wx/auth/login_by_phone',
  logout: '/wx/auth/logout',
  logoutAll: '/wx/auth/logout_all',
  sessions: '/wx/auth/sessions',
  session: '/wx/auth/sessions/:id',
  authInfo: '/wx/auth/info',
  userIndex: '/wx/user/index',
  bindPhone: '/wx/auth/bind_phone',
  profile: '/wx/user/profile',
  avatar: '/wx/user/avatar',
  share: '/wx/user/share',
  userData: '/wx/user/data',
  closeAccount: '/wx/user/close_account',
})
