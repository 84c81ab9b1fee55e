import { ERRNO } from '@oa/contracts'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load-config.ts'
import { BusinessError } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import type { Meter } from '../infra/metrics/meter.ts'
import { sendFailure } from './error-replies.ts'
import { watchDelay } from './loop-delay.ts'
import type { Shed } from './overload-policy.ts'
import { createShare, isFull, nextPressure, shareOf } from './overload-policy.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** When there is too much to do: sign-ins go first, probes stay; what says nothing is in between. */
    shed?: Shed
  }
}

/** Without another refusal for so long, it is over. */
const TOLD_AFTER_MS = 2_000

/** Waits are spread, so that those who were turned away together do not come back together. */
const KINDS = {
  first: {
    what: 'sign_in',
    failure: new BusinessError(ERRNO.OVERLOADED, TEXTS.OVERLOADED.signIn),
    retryAfter: { min: 3, spread: 5 },
  },
  last: {
    what: 'request',
    failure: new BusinessError(ERRNO.OVERLOADED, TEXTS.OVERLOADED.request),
    // The mini-program repeats a GET silently when it is to wait so shortly.
    retryAfter: { min: 1, spread: 2 },
  },
} as const

type Options = Config['overload'] & {
  meter: Pick<Meter, 'overloadRefused' | 'gauge'>
  /** How many requests are under way, this one included. */
  underWay(): number
}

/**
 * Turns requests away before any work is done for them while the process is late, or has too many
 * under way: the rest is answered in time, where otherwise all would wait until their clients have
 * gone.
 */
export default fp<Options>(
  async (app, { delayMs, requests, meter, underWay }) => {
    let pressure = 0
    const isShed = { first: createShare(), last: createShare() }
    const tell = createTeller(app.log)
    const watch =
      delayMs === null
        ? null
        : watchDelay((lateness) => {
            pressure = nextPressure(pressure, lateness, delayMs)
          })
    app.addHook('onClose', async () => {
      watch?.stop()
      tell.stop()
    })
    meter.gauge({
      name: 'oa_overload_pressure',
      help: 'Up to 1 that share of sign-ins is turned away; what is above 1, that share of the rest.',
      read: () => [{ value: pressure }],
    })

    app.addHook('onRequest', (request, reply, done) => {
      watch?.handled()
      const count = underWay()
      if (pressure === 0 && count <= requests / 2) return done()
      const { shed = 'last' } = request.routeOptions.config
      if (shed === 'never') return done()
      if (!isFull(count, requests, shed) && !isShed[shed](shareOf(pressure, shed))) return done()

      const { what, failure, retryAfter } = KINDS[shed]
      tell.refused({ pressure, underWay: count })
      meter.overloadRefused(what)
      const seconds = retryAfter.min + Math.floor(Math.random() * retryAfter.spread)
      sendFailure(reply.header('retry-after', String(seconds)), failure)
    })
  },
  { name: 'overload', dependencies: ['error-replies', 'security-headers'] },
)

/** Two lines for all that is turned away together, since writing is what there is least time for. */
const createTeller = (log: FastifyBaseLogger) => {
  let refused = 0
  let toldOf = 0
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  const look = () => {
    if (refused > toldOf) {
      toldOf = refused
      return
    }
    stop()
    log.info({ refused }, 'no longer too much to do')
    refused = 0
    toldOf = 0
  }

  return {
    refused(why: { pressure: number; underWay: number }) {
      refused += 1
      if (timer !== undefined) return
      log.warn(why, 'too much to do: turning requests away')
      timer = setInterval(look, TOLD_AFTER_MS).unref()
    },
    stop,
  }
}
