import { messages } from '../../i18n/index'
import { fieldsOf } from '../../ui/component-fields'
import { privacy } from '../../ui/privacy'
import { openPrivacyContract, privacySetting } from '../../ui/privacy-contract'

type Fields = { stop: () => void }

const AGREE_ID = 'privacy-agree'

/** Asks for privacy consent while WeChat waits for an answer. Refusing only closes the sheet. */
Component({
  data: {
    isOpen: false,
    agreeId: AGREE_ID,
    contract: '',
    t: messages.privacy,
  },

  lifetimes: {
    attached() {
      const detach = privacy.attach((isOpen) => this.setData({ isOpen, t: messages.privacy }))
      let isAttached = true
      fieldsOf<Fields>(this).stop = () => {
        isAttached = false
        detach()
      }
      void privacySetting().then(({ contract }) => {
        if (isAttached) this.setData({ contract })
      })
    },
    detached() {
      fieldsOf<Fields>(this).stop?.()
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
