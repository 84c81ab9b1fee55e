import { messages } from '../../i18n/index'
import { ERRNO } from '../../net/errno'
import type { Failure } from '../../net/failure'
import { describeFailure, requestText } from '../../net/failure'
import { copyText } from '../../ui/clipboard'
import { fieldsOf } from '../../ui/component-fields'
import { countDown, retryText } from '../../ui/countdown'
import { showToast } from '../../ui/dialog'

type Fields = { stopCounting: () => void }
type Shown = { failure: Failure | null; title: string; seconds: number }

const { failure: texts } = messages
/**
 * Shows the text of a failure and its request id, which a tap copies, and a button that triggers
 * `retry`, which counts the wait down that the server asked for. A disabled account gets its reason
 * and whom to ask instead.
 */
Component({
  properties: { failure: Object, title: String, withoutRetry: Boolean },
  data: {
    heading: '',
    text: '',
    requestId: '',
    isDisabled: false,
    ask: '',
    contact: '',
    retry: '',
    seconds: 0,
  },

  observers: {
    'failure, title'(failure: Failure | null, title: string) {
      if (!failure) return
      const { retryAfter = 0 } = failure
      this.describe(failure, title)
      this.stop()
      fieldsOf<Fields>(this).stopCounting = countDown(retryAfter, (seconds) =>
        this.setData({ seconds, retry: retryText(seconds) }),
      )
    },
  },

  lifetimes: {
    detached() {
      this.stop()
    },
  },

  pageLifetimes: {
    /** The language may have been changed meanwhile. */
    show() {
      const { failure, title, seconds } = this.data as unknown as Shown
      if (!failure) return
      this.describe(failure, title)
      this.setData({ retry: retryText(seconds) })
    },
  },

  methods: {
    describe(failure: Failure, title: string) {
      const isDisabled = failure.errno === ERRNO.ACCOUNT_DISABLED
      this.setData({
        heading: isDisabled ? texts.disabled : title,
        text: describeFailure(failure),
        isDisabled,
        requestId: requestText(failure),
        ask: texts.ask,
        contact: texts.contact,
      })
    },

    async onCopyId() {
      const { requestId } = (this.data as unknown as Shown).failure ?? {}
      if (requestId && (await copyText(requestId)) === 'copied') showToast(texts.idCopied)
    },

    onRetry() {
      if (this.data.seconds === 0) this.triggerEvent('retry')
    },

    stop() {
      fieldsOf<Fields>(this).stopCounting?.()
    },
  },
})
