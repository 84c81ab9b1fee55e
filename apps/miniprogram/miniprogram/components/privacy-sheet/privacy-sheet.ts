import { messages } from '../../i18n/index'
import { privacy } from '../../utils/privacy'
import { openPrivacyContract, privacyContractName } from '../../utils/privacy-contract'

const AGREE_ID = 'privacy-agree'

/** Asks for consent while WeChat waits for it. Refusing closes the sheet and nothing else. */
Component({
  data: {
    isOpen: false,
    agreeId: AGREE_ID,
    contract: messages.privacy.contract,
    t: messages.privacy,
  },

  lifetimes: {
    attached() {
      const detach = privacy.attach((isOpen) => this.setData({ isOpen }))
      let isAttached = true
      const stop = () => {
        isAttached = false
        detach()
      }
      Object.assign(this, { stop })
      void privacyContractName().then((contract) => {
        if (isAttached) this.setData({ contract })
      })
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
