import type { CircuitBreakerPolicy } from 'cockatiel'
import { CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel'
import type { WeChatErrorReason } from '../errors.ts'
import { WeChatError } from '../errors.ts'
import type { BreakerState } from '../events.ts'
import type { PolicyOptions } from '../options.ts'

export type Breaker = {
  state(): BreakerState
  /** The refusal to answer with at once, or null when the call may go out. */
  refusal(): WeChatError | null
  execute<T>(attempt: () => Promise<T>): Promise<T>
}

const MINIMUM_CALLS = 5

/** Opens while WeChat is failing, so that callers are answered at once; closes by itself. */
export const createBreaker = (
  { breakerWindowMs, breakerOpenMs }: PolicyOptions,
  onChange: (state: BreakerState) => void,
): Breaker => {
  // While half open anything but an answer leaves it open: an abandoned probe proves nothing.
  const counts = (error: Error) => isOutage(error) || policy.state === CircuitState.HalfOpen
  const policy = circuitBreaker(handleWhen(counts), {
    halfOpenAfter: breakerOpenMs,
    breaker: new SamplingBreaker({
      threshold: 0.5,
      duration: breakerWindowMs,
      minimumRps: (MINIMUM_CALLS * 1_000) / breakerWindowMs,
    }),
  })
  let openedAt = 0
  policy.onBreak(() => {
    openedAt = Date.now()
  })
  policy.onStateChange((state) => onChange(NAMES[state]))

  return {
    state: () => NAMES[policy.state],
    refusal: () => {
      const waitMs =
        policy.state === CircuitState.Open ? openedAt + breakerOpenMs - Date.now() : breakerOpenMs
      // Half open: cockatiel would let callers wait for the probe, which may stall.
      const refuses = policy.state === CircuitState.HalfOpen || isOpenStill(policy.state, waitMs)

      return refuses ? refusalOf(waitMs) : null
    },
    execute: (attempt) => executeUnlessLate(policy, attempt),
  }
}

/** A call from before the breaker opened that fails later tells nothing about now; a probe does. */
const executeUnlessLate = async <T>(
  policy: CircuitBreakerPolicy,
  attempt: () => Promise<T>,
): Promise<T> => {
  const startedClosed = policy.state === CircuitState.Closed
  const outcome = await policy.execute(async () => {
    try {
      return { value: await attempt() }
    } catch (error) {
      if (!startedClosed || policy.state === CircuitState.Closed) throw error
      return { error }
    }
  })
  if ('error' in outcome) throw outcome.error

  return outcome.value
}

const isOpenStill = (state: CircuitState, waitMs: number) =>
  state === CircuitState.Open && waitMs > 0

const refusalOf = (waitMs: number) =>
  new WeChatError(
    'circuit_open',
    'Not sent: WeChat has been failing and is left alone for a while',
    {
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)),
    },
  )

const isOutage = (error: Error) => error instanceof WeChatError && OUTAGES.has(error.reason)

const OUTAGES: ReadonlySet<WeChatErrorReason> = new Set([
  'busy',
  'timeout',
  'unreachable',
  'tls',
  'bad_response',
])

const NAMES: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
}
