import { fillIn, messages } from '../../i18n/index'
import { ERRNO } from '../../net/errno'
import type { Failure } from '../../net/failure'
import { describeFailure, requestText } from '../../net/failure'
import { copyText } from '../../ui/clipboard'
import { fieldsOf } from '../../ui/component-fields'
import { showToast } from '../../ui/dialog'

type Fields = { timer: ReturnType<typeof setInterval> | undefined }

const { failure: texts } = messages
/** A longer wait is shown in minutes. */
const IN_MINUTES_FROM = 120

const waitText = (seconds: number): string =>
  seconds >= IN_MINUTES_FROM
    ? fillIn(texts.waitMinutes, { minutes: Math.ceil(seconds / 60) })
    : fillIn(texts.wait, { seconds })

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
    ask: texts.ask,
    contact: texts.contact,
    retry: texts.retry,
    seconds: 0,
  },

  observers: {
    'failure, title'(failure: Failure | null, title: string) {
      if (!failure) return
      const isDisabled = failure.errno === ERRNO.ACCOUNT_DISABLED
      const { retryAfter = 0 } = failure
      this.setData({
        heading: isDisabled ? texts.disabled : title,
        text: describeFailure(failure),
        isDisabled,
        requestId: requestText(failure),
      })
      this.countDown(retryAfter)
    },
  },

  lifetimes: {
    detached() {
      this.stop()
    },
  },

  methods: {
    async onCopyId() {
      const { requestId } = (this.data as unknown as { failure: Failure }).failure
      if (requestId && (await copyText(requestId)) === 'copied') showToast(texts.idCopied)
    },

    onRetry() {
      if (this.data.seconds === 0) this.triggerEvent('retry')
    },

    countDown(seconds: number) {
      this.stop()
      this.show(seconds)
      if (seconds === 0) return
      fieldsOf<Fields>(this).timer = setInterval(() => {
        this.show(this.data.seconds - 1)
        if (this.data.seconds === 0) this.stop()
      }, 1000)
    },

    show(seconds: number) {
      this.setData({
        seconds,
        retry: seconds > 0 ? waitText(seconds) : texts.retry,
      })
    },

    stop() {
      const fields = fieldsOf<Fields>(this)
      if (fields.timer !== undefined) clearInterval(fields.timer)
      delete fields.timer
    },
  },
})
