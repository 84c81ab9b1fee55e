import { messages } from '../../i18n/index'
import { onConnectivity } from '../../utils/network'

/** Says that the network is gone, for as long as it is. Tells the page with `online` when it is back. */
Component({
  data: { isOffline: false, text: messages.offline.text },

  lifetimes: {
    attached() {
      const stop = onConnectivity((isConnected) => {
        const isBack = isConnected && this.data.isOffline
        if (isConnected === this.data.isOffline) this.setData({ isOffline: !isConnected })
        if (isBack) this.triggerEvent('online')
      })
      Object.assign(this, { stop })
    },
    detached() {
      ;(this as unknown as { stop: () => void }).stop()
    },
  },
})
