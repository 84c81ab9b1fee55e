/** Pages of the mini-program, and paths of the API. */
export const HOME = 'pages/index/index'
export const CENTRE = 'pages/ucenter/index/index'
export const LOGIN = 'pages/auth/login/login'
export const PHONE = 'pages/ucenter/phone/phone'
export const DEVICES = 'pages/ucenter/devices/devices'
export const SETTINGS = 'pages/ucenter/settings/settings'
export const PROFILE = 'pages/ucenter/profile/profile'
export const DATA = 'pages/ucenter/data/data'

export const LOGIN_PATH = '/wx/auth/login_by_weixin'
export const PHONE_LOGIN_PATH = '/wx/auth/login_by_phone'
export const PROFILE_PATH = '/wx/user/index'
export const EDIT_PATH = '/wx/user/profile'
export const AVATAR_PATH = '/wx/user/avatar'
export const SESSIONS_PATH = '/wx/auth/sessions'
export const BIND_PATH = '/wx/auth/bind_phone'
export const DATA_PATH = '/wx/user/data'
export const CLOSE_PATH = '/wx/user/close_account'

/** Selectors that several files use. */
export const FAILURE = ['failure-card', '.text'] as const
export const PHONE_BUTTON = '.bind'
export const LOGIN_BUTTON = '.submit'
export const PHONE_LOGIN_BUTTON = '.by-phone'
export const RETRY = ['failure-card', '.retry'] as const
