import { checkLogin } from './auth/check-login'
import { onSessionChange, readSession } from './auth/session'
import { renewDeadKey } from './auth/wechat-key'
import { watchPrivacy } from './ui/privacy'
import { watchUpdates } from './ui/update'

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
    void checkLogin().then(renewDeadKey)
  },
})
