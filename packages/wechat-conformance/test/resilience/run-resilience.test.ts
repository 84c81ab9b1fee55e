import { beforeAll, describe, expect, it } from 'vitest'
import type {
  ResilienceAdapter,
  ResilienceCase,
  ResilienceResult,
} from '../../src/resilience/index.ts'
import {
  OPERATIONS,
  readResilienceCases,
  runResilience,
  toResilienceCase,
} from '../../src/resilience/index.ts'
import { naive } from './naive-client.ts'

const cases = await readResilienceCases()

describe('the cases', () => {
  it('are more than 250, with unique ids, and use every operation', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
    expect(cases.length).toBeGreaterThan(250)
    const used = new Set(cases.flatMap(({ steps }) => steps.map((step) => step.do)))
    expect([...used].sort()).toEqual([...OPERATIONS].sort())
  })

  it('are validated, and a mistake is named', () => {
    const [entry] = cases
    const steps = [{ do: 'code2Session', ok: {}, withinMS: 1 }]
    expect(() => toResilienceCase({ ...entry, steps })).toThrow(/^case [a-z/0-9-]+: \/steps\/0/)
    expect(() => toResilienceCase({ ...entry, steps: [{ do: 'code2Session' }] })).toThrow('ok')
  })
})

const PASSED = [
  'login/success',
  'login/two-people',
  'answers/html',
  'answers/half',
  'network/refused',
  'network/cut-body',
  'network/tls-expired',
  'push/plain-xml',
]

const FAILED: [string, string][] = [
  ['login/what-is-sent', '/sns/jscode2session.query.secret: expected {secret}, got "b"'],
  ['login/invalid-code', 'the error shows secret'],
  ['login/busy-once', 'failed as code_invalid: Refusal'],
  ['answers/openid-number', 'took it for a success: {"openid":28,"session_key":"{session_key}"}'],
  ['answers/status-502-with-a-session', 'took it for a success: {"openid":"{openid}"'],
  ['answers/redirect-302', 'took it for a success'],
  ['network/stalls', 'no answer within 800 ms'],
  ['network/dropped-syn', 'no answer within 800 ms'],
  ['network/head-drips', 'no answer within 800 ms'],
  ['network/body-drips', 'no answer within 800 ms'],
  ['network/tls', 'failed as unavailable'],
  ['outage/refusing', '61 requests of /sns/jscode2session instead of 1 to 55'],
  ['messages/subscribe-busy', 'took it for a success'],
  ['push/forged', 'result.accepted: expected false, got true'],
  ['push/five-deliveries', 'step 2: result.handled: expected 0, got 1'],
]

describe('a client that asks, parses and trusts', () => {
  let results: Map<string, ResilienceResult>
  beforeAll(async () => {
    const late = FAILED.filter(([, why]) => why.endsWith('800 ms')).map(([id]) => id)
    const soon = [...PASSED, ...FAILED.map(([id]) => id), 'phone/success']
    const hastened = pick(...late).map((entry) => hasten(entry, 800))
    const lists = await Promise.all([
      runResilience(naive, hastened, { retryTimingFailures: false }),
      runResilience(naive, pick(...soon.filter((id) => !late.includes(id))), { concurrency: 8 }),
    ])
    const list = lists.flat()
    results = new Map(list.map((result) => [result.id, result]))
  })

  it.each(PASSED)('survives %s', (id) => {
    expect(results.get(id)).toMatchObject({ outcome: 'passed' })
  })

  it.each(FAILED)('does not survive %s', (id, reason) => {
    expect(results.get(id)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining(reason),
    })
  })

  it('fails when it reads too many bytes', async () => {
    const fill = { before: '{"openid":"', bytes: 3_000_000, after: '"}' }
    const entry = toResilienceCase({
      id: 'own/case',
      about: 'a',
      source: 'b',
      platform: { answers: { '/sns/jscode2session': [{ fill }] } },
      steps: [{ do: 'code2Session', args: { code: '1' }, ok: {} }],
      sentBytesAtMost: 1_000_000,
    })
    const [result] = await runResilience(naive, [entry])
    expect(result).toMatchObject({ outcome: 'failed', reason: 'took more than 1000000 bytes' })
  })

  it('is not asked for operations that it lacks', () => {
    expect(results.get('phone/success')).toMatchObject({
      outcome: 'skipped',
      reason: 'has no getPhoneNumber',
    })
  })
})

const pick = (...ids: string[]) => cases.filter(({ id }) => ids.includes(id))

const hasten = (entry: ResilienceCase, withinMs: number): ResilienceCase => ({
  ...entry,
  steps: entry.steps.map((step) => ({ ...step, withinMs })),
})

describe('a client that breaks', () => {
  const run = async (id: string, createClient: ResilienceAdapter['createClient']) => {
    const adapter = { createClient, classify: () => undefined }
    const [result] = await runResilience(adapter, pick(id))
    return result
  }

  it('by its timing is run again, alone', async () => {
    let turn = 0
    const code2Session = async () => {
      turn += 1
      if (turn === 1) throw new Error('slow')
      return { openid: 1 }
    }
    const adapter: ResilienceAdapter = {
      createClient: () => ({ operations: { code2Session } }),
      classify: () => 'unavailable',
    }
    const [result] = await runResilience(adapter, pick('login/success'))
    expect([turn, result?.reason]).toEqual([2, expect.stringMatching(/^result\.openid/)])
  })

  it('while it is created fails the case', async () => {
    const createClient = () => {
      throw new Error('no such option')
    }
    expect(await run('login/success', createClient)).toMatchObject({
      outcome: 'failed',
      reason: 'did not run: Error: no such option',
    })
  })

  it('and does not classify its failure fails the case', async () => {
    const createClient = () => ({
      operations: { code2Session: () => Promise.reject(new Error('?')) },
    })
    expect(await run('login/invalid-code', createClient)).toMatchObject({
      reason: 'failed without telling why: Error: ?',
    })
  })

  it('Object.prototype fails the case', async () => {
    const code2Session = async () => {
      Object.defineProperty(Object.prototype, 'openid', { value: '1', configurable: true })
      return {}
    }
    const createClient = () => ({ operations: { code2Session } })
    const result = await run('answers/openid-proto', createClient)
    Reflect.deleteProperty(Object.prototype, 'openid')
    expect(result).toMatchObject({ outcome: 'failed' })
  })
})
