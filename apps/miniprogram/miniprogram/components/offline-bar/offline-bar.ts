import { messages } from '../../i18n/index'
import { onConnectivity } from '../../net/network'
import { fieldsOf } from '../../ui/component-fields'

type Fields = { stop: () => void }

/** Is shown while the phone is offline. Triggers `online` on the page when the network is back. */
Component({
  data: { isOffline: false, text: '' },

  lifetimes: {
    attached() {
      this.showText()
      fieldsOf<Fields>(this).stop = onConnectivity((isConnected) => {
        const isBack = isConnected && this.data.isOffline
        if (isConnected === this.data.isOffline) this.setData({ isOffline: !isConnected })
        if (isBack) this.triggerEvent('online')
      })
    },
    detached() {
      fieldsOf<Fields>(this).stop?.()
    },
  },

  pageLifetimes: {
    /** The language may have been changed meanwhile. */
    show() {
      this.showText()
    },
  },

  methods: {
    showText() {
      this.setData({ text: messages.offline.text })
    },
  },
})
