import { messages } from '../../i18n/index'
import { privacy } from '../../utils/privacy'
import { openPrivacyContract } from '../../utils/privacy-contract'

const AGREE_ID = 'privacy-agree'

/** Asks for consent while WeChat waits for it. Refusing closes the sheet and nothing else. */
Component({
  data: { isOpen: false, agreeId: AGREE_ID, t: messages.privacy },

  lifetimes: {
    attached() {
      const stop = privacy.attach((isOpen) => this.setData({ isOpen }))
      Object.assign(this, { stop })
    },
    detached() {
      ;(this as unknown as { stop: () => void }).stop()
    },
  },

  methods: {
    onAgree() {
      privacy.agree(AGREE_ID)
    },
    onRefuse() {
      privacy.refuse()
    },
    onContract() {
      openPrivacyContract()
    },
    /** Keeps touches from the page below. */
    onMask() {},
  },
})
