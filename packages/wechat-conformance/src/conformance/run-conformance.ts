import { createHmac } from 'node:crypto'
import type { Control } from '@oa/wechat-simulator/control'
import type { ApiSecurityKeys } from '@oa/wechat-simulator/wire-format'
import type { Expected } from '../match.ts'
import { findMismatch } from '../match.ts'
import type { ConformanceCase, Step } from './conformance-case.ts'
import { readConformanceCases } from './conformance-case.ts'
import type { FixtureApp } from './fixture.ts'
import { createFixtureApp, prepareFixture } from './fixture.ts'
import type { Sealer } from './send-step.ts'
import { sendStep } from './send-step.ts'
import type { ValueSource } from './value-sources.ts'

export interface ConformanceOptions {
  /** Such as https://api.weixin.qq.com. */
  baseUrl: string
  take: ValueSource
  /** Also run cases that cost money or quota. */
  costly?: boolean
  /** Keys of API安全, for calls that are signed and encrypted. */
  seal?: ApiSecurityKeys
  /** The control client of the platform, when it is a simulator: cases with a setup need it. */
  control?: Control
}

export interface ConformanceResult {
  id: string
  about: string
  outcome: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped; may quote the answer, never a secret that was sent. */
  reason?: string
}

type Values = Map<string, string>

/** Runs every case against a platform over plain HTTP, one after another. */
export const runConformance = async (options: ConformanceOptions): Promise<ConformanceResult[]> => {
  const results = []
  const fixtureApp = createFixtureApp()
  for (const entry of await readConformanceCases()) {
    results.push(await runCase(entry, options, fixtureApp))
  }

  return results
}

const runCase = async (
  entry: ConformanceCase,
  options: ConformanceOptions,
  fixtureApp: FixtureApp,
): Promise<ConformanceResult> => {
  const { id, about, costs, setup } = entry
  const { control, baseUrl, costly } = options
  if (costs && !costly) return { id, about, outcome: 'skipped', reason: costs }
  if (!setup) return runSteps(entry, options)
  if (!control) return { id, about, outcome: 'skipped', reason: 'only a simulator can be set up' }
  const { take, apply, undo } = await prepareFixture(setup, control, baseUrl, fixtureApp)
  try {
    return await runSteps(entry, { ...options, take }, apply)
  } finally {
    await undo()
  }
}

const runSteps = async (
  entry: ConformanceCase,
  { baseUrl, take, seal }: ConformanceOptions,
  prepare = async () => {},
): Promise<ConformanceResult> => {
  const { id, about } = entry
  const values: Values = new Map()
  for (const name of entry.needs ?? []) {
    const value = name === 'seal' ? seal && '' : await take(name)
    if (value === undefined) return { id, about, outcome: 'skipped', reason: `no ${name}` }
    values.set(name, value)
  }
  await prepare()
  const sealer = seal && { appid: values.get('appid') ?? '', keys: seal }
  for (const [index, step] of entry.steps.entries()) {
    const reason = await runStep(step, baseUrl, values, sealer)
    if (reason) return { id, about, outcome: 'failed', reason: `step ${index + 1}: ${reason}` }
  }

  return { id, about, outcome: 'passed' }
}

const runStep = async (step: Step, baseUrl: string, values: Values, sealer?: Sealer) => {
  // `fill` replaces texts only, so a step stays a step.
  const filled = fill(step as unknown as Expected, values) as unknown as Step
  const answer = await sendStep(filled, baseUrl, sealer)
  if (typeof answer === 'string') return answer
  const { body: expected, ...wanted } = filled.expect
  save(step, answer.body, values)

  return (
    findMismatch(answer, wanted, 'answer') ??
    (expected === undefined ? undefined : findMismatch(answer.body, expected))
  )
}

const save = (step: Step, answer: unknown, values: Values) => {
  if (typeof answer !== 'object' || answer === null) return
  const fields = answer as Record<string, unknown>
  for (const [name, field] of Object.entries(step.save ?? {})) {
    values.set(name, String(fields[field]))
  }
}

/** Replaces `{name}` by its value, and `{hmac:name}` by the HMAC of the empty text under it. */
const fill = (part: Expected, values: Values): Expected => {
  if (typeof part === 'string') {
    return part.replaceAll(/\{(hmac:)?([a-z_]+)\}/g, (whole, hmac: string | undefined, name) => {
      const value = values.get(name)
      if (value === undefined) return whole
      return hmac ? createHmac('sha256', value).update('').digest('hex') : value
    })
  }
  if (Array.isArray(part)) return part.map((item) => fill(item, values))
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).filter(([, value]) => value !== undefined)

  return Object.fromEntries(entries.map(([key, value]) => [key, fill(value, values)]))
}
