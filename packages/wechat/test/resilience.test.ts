import type { ResilienceResult } from '@oa/wechat-conformance/resilience'
import { readResilienceCases, runResilience } from '@oa/wechat-conformance/resilience'
import { beforeAll, describe, expect, it } from 'vitest'
import { adapter } from './resilience-adapter.ts'

const cases = await readResilienceCases()

// All at once: most of them wait for something that never comes.
let results: Map<string, ResilienceResult>
beforeAll(async () => {
  const list = await runResilience(adapter, cases)
  results = new Map(list.map((result) => [result.id, result]))
})

describe('this client survives', () => {
  it.each(cases)('$id: $about', ({ id, about }) => {
    expect(results.get(id)).toEqual({ id, about, outcome: 'passed' })
  })
})
