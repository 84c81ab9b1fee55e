import { describe, expect, it } from 'vitest'
import type { FaultResult } from './result.ts'
import { describeResult, missed } from './result.ts'

const FAULT = { name: 'well', targetMs: 20 }
const resultOf = (refusedMs: number[], rest: Partial<FaultResult> = {}): FaultResult => ({
  fault: FAULT,
  endings: refusedMs.map((ms) => ({ answerMs: 3, refusedMs: ms, servedByItself: false })),
  revived: 0,
  load: [{ ms: 1, status: 200, errno: 0, data: null }],
  ...rest,
})
const fast = Array.from({ length: 99 }, () => 2)

describe('endings of sessions under a fault', () => {
  it('keep their promise while one in a hundred is late', () => {
    expect(missed(resultOf([...fast, 500]))).toEqual([])
  })

  it('break it when more are late, or never refused', () => {
    const late = resultOf([...fast, 500, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect(missed(late)).toEqual(['Redis well: p99 is above 20 ms'])
    expect(describeResult(late)).toContain('Infinity')
  })

  it('break it when a node serves what it has ended itself, or what ended before', () => {
    const endings = [{ answerMs: 3, refusedMs: 2, servedByItself: true }]
    expect(missed(resultOf([], { endings, revived: 2 }))).toEqual([
      'Redis well: 1 were served by the node that ended them',
      'Redis well: 2 sessions came back',
    ])
  })

  it('name what others were refused meanwhile', () => {
    const refused = { ms: 1, status: 503, errno: 707, data: null }
    const load = [refused, { ...refused, status: 200, errno: 0 }]
    expect(describeResult(resultOf(fast, { load }))).toContain('1 × 503/707 of 2')
  })
})
