import { fillIn, messages } from '../../i18n/index'
import type { Failure } from '../../net/failure'
import { describeFailure } from '../../net/failure'
import { fieldsOf } from '../../ui/component-fields'

type Fields = { timer: ReturnType<typeof setInterval> | undefined }

const { failure: texts } = messages
/** A longer wait is shown in minutes. */
const IN_MINUTES_FROM = 120

const waitText = (seconds: number): string =>
  seconds >= IN_MINUTES_FROM
    ? fillIn(texts.waitMinutes, { minutes: Math.ceil(seconds / 60) })
    : fillIn(texts.wait, { seconds })

/**
 * Shows the text of a failure and its request id, and a button that triggers `retry`, which counts
 * the wait down that the server asked for.
 */
Component({
  properties: { failure: Object, title: String, withoutRetry: Boolean },
  data: { text: '', requestId: '', retry: texts.retry, seconds: 0 },

  observers: {
    failure(failure: Failure | null) {
      if (!failure) return
      const { requestId, retryAfter = 0 } = failure
      this.setData({
        text: describeFailure(failure),
        requestId: requestId ? fillIn(texts.requestId, { id: requestId }) : '',
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
