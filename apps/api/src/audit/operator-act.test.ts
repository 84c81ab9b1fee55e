import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ChainedAct, OperatorAct } from './operator-act.ts'
import { chain, createChainCheck, hashOf } from './operator-act.ts'

const act = (subject: string): OperatorAct => ({
  at: new Date('2026-11-30T08:00:00.000Z'),
  operator: '陈静',
  systemUser: 'root',
  act: 'user freeze',
  outcome: 'asked',
  subject,
  detail: '{}',
})

const chained = (length: number) => {
  const acts: ChainedAct[] = []
  for (let index = 0; index < length; index += 1) {
    acts.push(chain(act(`user-${index}`), acts.at(-1) ?? null))
  }
  return acts
}

const problemsOf = (acts: readonly ChainedAct[], anchors: ChainedAct[] = []) => {
  const check = createChainCheck(anchors)
  check.look(acts)
  return check.end().problems
}

it('finds nothing wrong with acts as they were written', () => {
  const acts = chained(5)
  expect(problemsOf(acts, acts)).toEqual([])
  expect(problemsOf([])).toEqual([])
})

it.each(['operator', 'systemUser', 'act', 'subject', 'detail'] as const)(
  'finds an act whose %s was changed',
  (field) => {
    const acts = chained(5).map((one) => (one.seq === 3 ? { ...one, [field]: 'other' } : one))
    expect(problemsOf(acts)).toEqual([{ seq: 3, problem: 'changed' }])
  },
)

it('finds an act that was changed with its hash, by the next one', () => {
  const acts = chained(5).map((one) => {
    if (one.seq !== 3) return one
    const forged = { ...one, subject: 'somebody else' }
    return { ...forged, hash: hashOf(forged) }
  })
  expect(problemsOf(acts)).toEqual([{ seq: 4, problem: 'changed' }])
})

it('finds what was removed in the middle, and at the end by its anchor alone', () => {
  const acts = chained(5)
  expect(problemsOf(acts.filter(({ seq }) => seq !== 2))).toEqual([{ seq: 2, problem: 'missing' }])
  expect(problemsOf(acts.slice(0, 3))).toEqual([])
  expect(problemsOf(acts.slice(0, 3), acts.slice(4))).toEqual([{ seq: 5, problem: 'missing' }])
})

it('finds that everything was written anew, by an anchor', () => {
  const acts = chained(3)
  const anew = chained(3).map((one) => one)
  const first = chain(act('forged'), null)
  const second = chain(act('user-1'), first)
  expect(problemsOf([first, second, chain(act('user-2'), second)], anew.slice(1, 2))).toEqual([
    { seq: 2, problem: 'not what was anchored' },
  ])
  expect(acts).toEqual(anew)
})

it('finds any two acts that changed places', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (one, other) => {
      fc.pre(one !== other)
      const acts = chained(6)
      const swapped = acts
        .map((act) => {
          if (act.seq === one) return { ...act, seq: other }
          return act.seq === other ? { ...act, seq: one } : act
        })
        .sort((a, b) => a.seq - b.seq)
      expect(problemsOf(swapped).length).toBeGreaterThan(0)
    }),
  )
})
