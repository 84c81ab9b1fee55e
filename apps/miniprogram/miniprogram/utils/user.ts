// The names that well-known articles on this mini-program use; the code is in auth/.
export { bindPhone } from '../auth/bind-phone'
export { checkLogin } from '../auth/check-login'
export { logout, logoutAll } from '../auth/logout'
export { loadProfile } from '../auth/profile'
export { endSession, loadSessions } from '../auth/session-list'
export { signIn as loginByWeixin } from '../auth/sign-in'
