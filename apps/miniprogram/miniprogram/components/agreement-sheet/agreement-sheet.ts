import { messages } from '../../i18n/index'
import { openAgreement } from '../../ui/agreement'
import type { PhoneDetail } from '../../ui/phone-button'
import { openPrivacyContract } from '../../ui/privacy-contract'

/**
 * Asks a user who tapped a way of signing in without having agreed. `way` is that way, or empty:
 * one tap agrees and goes on, which by phone number opens WeChat's own sheet. Triggers `agree`,
 * `phone` with what WeChat answered, or `refuse`.
 */
Component({
  properties: { way: String, openType: String, contract: String },
  data: { t: messages.consent },

  observers: {
    way() {
      this.setData({ t: messages.consent })
    },
  },

  methods: {
    onAgree() {
      this.triggerEvent('agree')
    },
    onPhone(event: WechatMiniprogram.CustomEvent<PhoneDetail>) {
      this.triggerEvent('phone', event.detail)
    },
    onRefuse() {
      this.triggerEvent('refuse')
    },
    onAgreement() {
      openAgreement()
    },
    onContract() {
      openPrivacyContract()
    },
    /** Keeps touches from the page below. */
    onMask() {},
  },
})
