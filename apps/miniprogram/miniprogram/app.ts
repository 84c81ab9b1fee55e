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
    void checkLogin()
  },
})
