import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../platform/apps.ts'
import type { Clock } from '../platform/clock.ts'
import type { Settings } from '../platform/settings.ts'
import type { PushMessage } from './push-message.ts'
import { toPushRequest, toVerification } from './push-request.ts'

/** One attempt to deliver a message. */
export interface PushAttempt {
  status?: number
  /** The beginning of what the server answered. */
  answer?: string
  error?: string
}

/** A message and how its delivery went. */
export interface Delivery {
  id: number
  at: number
  appid: string
  event: string
  /** Whether the server answered so that WeChat stops trying. */
  acknowledged: boolean
  attempts: PushAttempt[]
}

export interface Pushes {
  /** Delivers a message with WeChat's retries; never rejects. An app without push gets none. */
  deliver: (app: App, message: PushMessage) => Promise<Delivery>
  /** Verifies the address as WeChat does before it accepts one. */
  verify: (app: App) => Promise<boolean>
  /** The last deliveries, oldest first. */
  list: () => Delivery[]
  /** Aborts the deliveries under way. */
  close: () => void
}

const PLATFORM_OPENID = 'oPlatformOfWeChatNotAPerson0'
const REMEMBERED = 200
const SHOWN_ANSWER = 200

export const createPushes = (clock: Clock, settings: () => Settings): Pushes => {
  const closed = new AbortController()
  const deliveries: Delivery[] = []
  let lastId = 0

  const signal = () =>
    AbortSignal.any([closed.signal, AbortSignal.timeout(settings().pushTimeoutMs)])

  const attempt = async (app: App, message: PushMessage): Promise<PushAttempt> => {
    if (!app.push) return { error: 'no push address is configured' }
    try {
      const { url, ...request } = toPushRequest(app, app.push, message, clock.now())
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: signal(),
        ...request,
      })
      return { status: response.status, answer: (await response.text()).slice(0, SHOWN_ANSWER) }
    } catch (error) {
      return { error: reasonOf(error) }
    }
  }

  const tryAll = async (app: App, message: PushMessage, delivery: Delivery) => {
    const tries = app.push ? settings().pushTries : 1
    for (let left = tries; left > 0 && !closed.signal.aborted; left -= 1) {
      const outcome = await attempt(app, message)
      delivery.attempts.push(outcome)
      delivery.acknowledged = isAcknowledged(outcome)
      if (delivery.acknowledged) return
      if (left > 1) await delay(settings().pushRetryDelayMs, undefined, { ref: false })
    }
  }

  return {
    deliver: async (app, input) => {
      lastId += 1
      const message = complete(app, input, clock.now())
      const event = String(message.Event ?? message.MsgType)
      const base = { id: lastId, at: clock.now(), appid: app.appid, event }
      const delivery: Delivery = { ...base, acknowledged: false, attempts: [] }
      deliveries.push(delivery)
      if (deliveries.length > REMEMBERED) deliveries.shift()
      await tryAll(app, message, delivery)

      return delivery
    },
    verify: async (app) => {
      if (!app.push) return false
      const { url, echo } = toVerification(app.push, clock.now())
      const response = await fetch(url, { signal: signal(), redirect: 'manual' }).catch(() => null)

      return response?.status === 200 && (await response.text()) === echo
    },
    list: () => deliveries.map((delivery) => ({ ...delivery })),
    close: () => closed.abort(),
  }
}

const complete = ({ appid }: App, message: PushMessage, now: number): PushMessage => ({
  ToUserName: `gh_${createHash('sha1').update(appid).digest('hex').slice(0, 12)}`,
  // Not a person: WeChat's own messages come from an openid of the platform.
  FromUserName: PLATFORM_OPENID,
  CreateTime: Math.floor(now / 1000),
  MsgType: 'event',
  ...message,
})

// WeChat retries unless the answer is empty, "success" or a message.
const isAcknowledged = ({ status, answer = '' }: PushAttempt) =>
  status === 200 && (/^(success)?$/.test(answer.trim()) || /^\s*[<{]/.test(answer))

const reasonOf = (error: unknown) => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
}
