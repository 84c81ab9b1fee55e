import { fillIn, messages } from '../../i18n/index'
import { pictureUrl } from '../../ui/picture-url'

/** A user's picture; the first letter of the name where there is none or it does not load. */
Component({
  properties: { name: String, url: String },
  data: { initial: '', label: '', src: '' },

  observers: {
    'name, url'(name: string, url: string) {
      this.setData({
        // By code points: half a surrogate pair would show as a box.
        initial: (Array.from(name.trim())[0] || '').toUpperCase(),
        label: fillIn(messages.common.avatarOf, { name }),
        src: pictureUrl(url),
      })
    },
  },

  methods: {
    onError() {
      this.setData({ src: '' })
    },
  },
})
