// The name that the articles give it, for code that comes from there.
export { bindPhone } from '../auth/bind-phone'
export { checkLogin } from '../auth/check-login'
export { logout, logoutAll } from '../auth/logout'
export { loadProfile } from '../auth/profile'
export { endSession, loadSessions } from '../auth/session-list'
export { signIn as loginByWeixin } from '../auth/sign-in'
