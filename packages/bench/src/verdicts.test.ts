import { describe, expect, it } from 'vitest'
import type { Block, Row } from './blocks.ts'
import { noiseOf } from './blocks.ts'
import { judge, judgeAll } from './verdicts.ts'

const always = (value: number) => ({ median: value, min: value, max: value })
const row = (who: string, perSecond: number, cpuUs: number): Row => ({
  who,
  perSecond: always(perSecond),
  cpuUs: always(cpuUs),
  databaseCpuUs: always(0),
})

const ROWS = [
  row('bare Fastify', 40_000, 15),
  row('bare Fastify + session check', 38_000, 16),
  row('oa-mini', 3_000, 25),
  row('Express, default', 9_000, 1),
  row('Express, tuned', 1_000, 150),
  row('NestJS, tuned', 500, 400),
  row('better-auth, tuned', 300, 800),
]
const blockOf = (what: Block['what'], concurrency: number, traits: Partial<Block> = {}): Block => ({
  store: 'SQLite',
  what,
  concurrency,
  rows: ROWS,
  noise: 0.02,
  ...traits,
})

describe('one claim', () => {
  it.each([
    [2.5, 'pass'],
    [2.49, 'fail'],
  ])('%d is judged %s where 2.5 is the least', (value, result) => {
    expect(judge({ claim: '', value, atLeast: 2.5, noise: 0 }).result).toBe(result)
  })

  it.each([
    [1.15, 'pass'],
    [1.16, 'fail'],
  ])('%d is judged %s where 1.15 is the most', (value, result) => {
    expect(judge({ claim: '', value, atMost: 1.15, noise: 0 }).result).toBe(result)
  })

  it('is not judged when two identical servers differ by more than a tenth', () => {
    expect(judge({ claim: '', value: 9, atLeast: 1, noise: 0.1 }).result).toBe('pass')
    expect(judge({ claim: '', value: 9, atLeast: 1, noise: 0.11 })).toMatchObject({
      result: 'no verdict',
      why: 'two identical bare servers differ by 11 %',
    })
  })

  it.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'is not judged without a number (%s)',
    (value) => {
      expect(judge({ claim: '', value, atLeast: 1, noise: 0 }).result).toBe('no verdict')
    },
  )
})

describe('all claims', () => {
  const verdictOf = (blocks: Block[], claim: string) =>
    judgeAll(['SQLite'], blocks, []).find((verdict) => verdict.claim.includes(claim))

  it('compares sign-ins with the best tuned peer, not with a default one', () => {
    expect(verdictOf([blockOf('sign-in', 64)], 'sign-ins/s at 64')).toMatchObject({
      value: 3,
      result: 'pass',
    })
  })

  it('compares reads with the cheapest tuned peer and with the bare route', () => {
    const blocks = [blockOf('read', 64)]
    expect(verdictOf(blocks, 'a read at 64')).toMatchObject({ value: 6, result: 'fail' })
    expect(verdictOf(blocks, 'a read as served at 64')).toMatchObject({ value: 0.6 })
    expect(verdictOf(blocks, 'the session check alone at 64')).toMatchObject({ value: 15 / 16 })
  })

  it('says nothing about peers when one is missing', () => {
    const rows = ROWS.filter(({ who }) => who !== 'NestJS, tuned')
    expect(verdictOf([blockOf('sign-in', 64, { rows })], 'sign-ins/s at 64')).toMatchObject({
      result: 'no verdict',
      why: 'without NestJS, tuned',
    })
  })

  it('says what was not measured', () => {
    const verdicts = judgeAll(['SQLite', 'MariaDB + Redis'], [], [])
    expect(verdicts.map(({ why }) => why)).toEqual(verdicts.map(() => 'not measured'))
  })

  it('gives no verdict on windows that are too short', () => {
    const blocks = [blockOf('sign-in', 64), blockOf('read', 64), blockOf('read', 1)]
    const results = judgeAll(['SQLite'], blocks, [], 'too short').map(({ result }) => result)
    expect(new Set(results)).toEqual(new Set(['no verdict']))
  })

  it('compares a million people with a thousand', () => {
    const people = [
      { store: 'SQLite', what: 'read', few: always(100), many: always(120), noise: 0 },
    ] as const
    expect(
      judgeAll(['SQLite'], [], [...people]).find(({ claim }) => claim.includes('a read among')),
    ).toMatchObject({ value: 1.2, result: 'fail' })
  })
})

it('takes the worse of rate and processor time as the noise', () => {
  const rows = [row('bare Fastify', 100, 10), row('bare Fastify again', 105, 12)]
  expect(noiseOf(rows)).toBeCloseTo(0.2)
})
