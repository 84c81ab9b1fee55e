import { inspect } from 'node:util'
import type { Expected } from '../match.ts'
import { findMismatch } from '../match.ts'
import type { Failure, ResilienceAdapter } from './adapter.ts'
import type { Step } from './resilience-case.ts'
import type { Values } from './values.ts'
import { fill, fillText, secretsOf } from './values.ts'

/** How one call ended. */
export type Outcome =
  | { kind: 'ok'; value: unknown; ms: number }
  | { kind: 'failed'; failure: Failure | undefined; printed: string }
  | { kind: 'late' }

/** What is wrong with how a call ended, or undefined. */
export const checkOutcome = (outcome: Outcome, step: Step, values: Values): string | undefined => {
  switch (outcome.kind) {
    case 'late':
      return `no answer within ${step.withinMs ?? DEFAULT_WITHIN_MS} ms`
    case 'ok':
      return checkResult(outcome.value, outcome.ms, step, values)
    case 'failed':
      return checkFailure(outcome, step, values)
  }
}

export const DEFAULT_WITHIN_MS = 5_000

const checkResult = (value: unknown, ms: number, { ok, okWithinMs }: Step, values: Values) => {
  if (ok === undefined) return `took it for a success: ${show(value)}`
  if (okWithinMs !== undefined && ms > okWithinMs) return `a success took over ${okWithinMs} ms`

  return findMismatch(value, fill(ok, values), 'result')
}

const checkFailure = (
  { failure, printed }: { failure: Failure | undefined; printed: string },
  { fails, hides = [] }: Step,
  values: Values,
) => {
  const first = printed.split('\n', 1)[0]?.slice(0, 160)
  if (!fails) return `failed${failure ? ` as ${failure}` : ''}: ${first}`
  if (!failure) return `failed without telling why: ${first}`
  if (!fails.includes(failure)) return `failed as ${failure}, not as ${fails.join(' or ')}`
  const shown = findShown(printed, values)
  if (shown) return `the error shows ${shown}`
  const kept = hides.find((text) => printed.includes(fillText(text, values)))

  return kept === undefined ? undefined : `the error shows ${JSON.stringify(kept)}`
}

/** The name of a secret that a text contains, verbatim or URL-encoded. */
const findShown = (printed: string, values: Values) =>
  secretsOf(values).find(
    ([, secret]) => printed.includes(secret) || printed.includes(encodeURIComponent(secret)),
  )?.[0]

/** Everything that a log could print of an error. */
export const printError: NonNullable<ResilienceAdapter['print']> = (error) => {
  const isObject = typeof error === 'object' && error !== null
  return [
    inspect(error, { depth: 10, showHidden: true, maxArrayLength: 20 }),
    isObject && 'stack' in error ? String(error.stack) : '',
    toJson(error),
    isObject ? toJson(error, Object.getOwnPropertyNames(error)) : '',
  ].join('\n')
}

const toJson = (value: unknown, names?: string[]) => {
  try {
    return JSON.stringify(value, names) ?? ''
  } catch {
    // A value that cannot be serialized leaks nothing.
    return ''
  }
}

const show = (value: Expected | unknown) => (toJson(value) || String(value)).slice(0, 160)
