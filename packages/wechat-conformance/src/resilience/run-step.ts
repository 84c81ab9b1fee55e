import { setTimeout as delay } from 'node:timers/promises'
import type { OperationName, ResilienceAdapter, ResilienceClient } from './adapter.ts'
import type { Outcome } from './check-outcome.ts'
import { checkOutcome, DEFAULT_WITHIN_MS, printError } from './check-outcome.ts'
import type { ScriptedPlatform } from './platform/scripted-platform.ts'
import { toPush, toVerification } from './push-script.ts'
import type { Step } from './resilience-case.ts'
import { toSealed } from './seal-script.ts'
import type { Values } from './values.ts'
import { fill } from './values.ts'

interface Parts {
  adapter: ResilienceAdapter
  clients: readonly ResilienceClient[]
  platform: ScriptedPlatform
  values: Values
}

/** Runs a step; resolves to what is wrong with its outcome, or undefined. */
export const runStep = async (step: Step, parts: Parts): Promise<string | undefined> => {
  const { platform, values } = parts
  if (step.answers) platform.play(step.answers)
  if (step.afterClose) await platform.allClosed()
  const outcomes = step.untilOk ? [await callUntilOk(step, parts)] : await callAll(step, parts)

  for (const outcome of outcomes) {
    const problem = checkOutcome(outcome, step, values)
    if (problem)
      return outcomes.length > 1 ? `of ${outcomes.length} calls one: ${problem}` : problem
  }
  const succeeded = outcomes.filter(({ kind }) => kind === 'ok').length
  if (step.leastOk !== undefined && succeeded < step.leastOk) {
    return `only ${succeeded} of ${outcomes.length} calls succeeded`
  }

  // No answer may pollute Object.prototype.
  return 'openid' in {} ? 'Object.prototype was changed' : undefined
}

const callAll = (step: Step, parts: Parts): Promise<Outcome[]> => {
  const { node = 0, times = 1 } = step
  const clients = parts.clients.filter((_client, index) => node === 'each' || node === index)
  const calls = clients.flatMap((client) => Array.from({ length: times }, () => client))

  return Promise.all(calls.map((client) => call(client, step, parts)))
}

const BETWEEN_TRIES_MS = 50

const callUntilOk = async (step: Step, parts: Parts): Promise<Outcome> => {
  const endsAt = performance.now() + (step.withinMs ?? DEFAULT_WITHIN_MS)
  for (;;) {
    const [outcome] = await callAll({ ...step, withinMs: endsAt - performance.now() }, parts)
    if (outcome?.kind === 'ok') return outcome
    if (!outcome || outcome.kind === 'late' || performance.now() >= endsAt) return { kind: 'late' }
    await delay(BETWEEN_TRIES_MS)
  }
}

const call = async (
  { operations }: ResilienceClient,
  step: Step,
  { adapter, values }: Parts,
): Promise<Outcome> => {
  // The case pairs the operation with its arguments, which the types cannot express.
  const operation = operations[step.do] as ((args: object) => Promise<unknown>) | undefined
  const late = new AbortController()
  const startedAt = performance.now()
  const work = async (): Promise<Outcome> => {
    try {
      const value = await operation?.(toArguments(step.do, step, values))
      return { kind: 'ok', value, ms: performance.now() - startedAt }
    } catch (error) {
      const printed = (adapter.print ?? printError)(error)
      return { kind: 'failed', failure: adapter.classify(error), printed }
    }
  }
  const timeUp = delay(step.withinMs ?? DEFAULT_WITHIN_MS, { kind: 'late' } as const, {
    signal: late.signal,
  })
  timeUp.catch(() => {})
  try {
    return await Promise.race([work(), timeUp])
  } finally {
    late.abort()
  }
}

const toArguments = (name: OperationName, { args = {}, push, seal }: Step, values: Values) => {
  if (name === 'receivePush') return toPush(push ?? {}, values)
  if (name === 'verifyPush') return toVerification(push ?? {}, values)
  // `fill` keeps an object an object.
  const given = fill(args, values) as object

  return seal ? { ...given, ...toSealed(seal, values) } : given
}
