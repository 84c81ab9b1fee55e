import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { WeChatError } from '../errors.ts'
import type { BreakerState, OnCall, OnEvent, WeChatCall } from '../events.ts'
import type { PolicyOptions } from '../options.ts'
import { createBreaker } from './breaker.ts'
import type { Deadline } from './deadline.ts'
import { createDeadline, sleep, untilEnd } from './deadline.ts'
import { ConnectTimeout } from './exchange.ts'

export type CallHealth = { breaker: BreakerState; running: number; queued: number }

/**
 * Time budget, retry, breaker and concurrency limit of a group of calls; an outage in one group does
 * not reach another.
 */
export type CallPolicy = {
  /**
   * Runs `attempt` within one time budget, twice at most: the second time only when WeChat was busy
   * or a connection was refused. `path` names the call in errors and events.
   */
  run<T>(call: Call<T>): Promise<T>
  health(): CallHealth
  /** Calls from now on are refused; those under way go on. */
  close(): void
}

type Call<T> = {
  path: string
  /** Rejects with the deadline's reason as soon as that ends. */
  attempt: (deadline: Deadline) => Promise<T>
  signal?: AbortSignal | undefined
  /** The whole time for this call where it is not the policy's, ms. */
  budgetMs?: number | undefined
  /** False where a second attempt could do a thing twice that WeChat did while saying it was busy. */
  retryBusy?: boolean | undefined
}

export const createCallPolicy = (
  name: string,
  options: PolicyOptions,
  { emit, measured }: { emit: OnEvent; measured: OnCall },
): CallPolicy => {
  const breaker = createBreaker(options, (state) => emit({ type: 'breaker', state, policy: name }))
  const slots = bulkhead(options.maxConcurrent, options.maxQueued)
  let closed = false

  const guarded = <T>(call: Call<T>, deadline: Deadline): Promise<T> => {
    const refusal = isTooLate(deadline) ? overloaded() : breaker.refusal()
    if (refusal) throw refusal

    return breaker.execute(() => attemptTwice(call, deadline, options, emit))
  }

  const run = async <T>(call: Call<T>): Promise<T> => {
    const begun = performance.now()
    const done = (result: Pick<WeChatCall, 'outcome' | 'errcode'>) =>
      measured({ path: call.path, durationMs: performance.now() - begun, ...result })
    try {
      const answer = await runOnce(call)
      done({ outcome: 'ok', errcode: null })
      return answer
    } catch (error) {
      const failed = error instanceof WeChatError ? error : null
      done({ outcome: failed?.reason ?? 'aborted', errcode: failed?.errcode ?? null })
      throw error
    }
  }

  const runOnce = async <T>(call: Call<T>): Promise<T> => {
    call.signal?.throwIfAborted()
    const refusal = closed ? clientClosed(call.path) : breaker.refusal()
    if (refusal) throw refusal

    let started = false
    const budgetMs = Math.max(1, call.budgetMs ?? options.totalTimeoutMs)
    const timeUp = () => (started ? timeout(call.path, budgetMs) : overloaded())
    const deadline = createDeadline(budgetMs, timeUp, call.signal)
    try {
      const work = slots.execute(() => {
        started = true
        return guarded(call, deadline)
      })
      return await (started ? work : untilEnd(work, deadline))
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? overloaded() : error
    } finally {
      deadline.release()
      const durationMs = Math.round(deadline.elapsedMs())
      if (durationMs >= options.slowMs) emit({ type: 'slow', path: call.path, durationMs })
    }
  }

  return {
    run,
    health: () => ({
      breaker: breaker.state(),
      running: options.maxConcurrent - slots.executionSlots,
      queued: options.maxQueued - slots.queueSlots,
    }),
    close: () => {
      closed = true
    },
  }
}

const attemptTwice = async <T>(
  { attempt, path, retryBusy = true }: Call<T>,
  deadline: Deadline,
  { maxRetryDelayMs }: PolicyOptions,
  emit: OnEvent,
): Promise<T> => {
  try {
    return await attempt(deadline)
  } catch (error) {
    const delayMs = maxRetryDelayMs * (0.3 + 0.6 * Math.random())
    if (!isRetryable(error, retryBusy) || deadline.remainingMs() <= delayMs) throw error
    emit({ type: 'retry', path, reason: error.reason })
    await sleep(delayMs, deadline)

    return attempt(deadline)
  }
}

// A call that waited this long would only spend its one-time code on an answer nobody reads.
const isTooLate = ({ remainingMs, totalMs }: Deadline) => remainingMs() < totalMs / 10

const isRetryable = (error: unknown, retryBusy: boolean): error is WeChatError =>
  error instanceof WeChatError &&
  !(error instanceof ConnectTimeout) &&
  (error.reason === 'unreachable' || (error.reason === 'busy' && retryBusy))

const timeout = (path: string, budgetMs: number) =>
  new WeChatError('timeout', `${path}: no whole answer within ${Math.round(budgetMs)} ms`)

const overloaded = () =>
  new WeChatError('overloaded', 'Not sent: too many calls to WeChat are under way')

const clientClosed = (path: string) =>
  new WeChatError('unreachable', `${path}: not sent, this client is closed`)
