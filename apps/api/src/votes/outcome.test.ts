import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Count, MotionTally, Outcome, Rule } from './outcome.ts'
import { isRevealing, outcomeOf, RULES } from './outcome.ts'

const tallyOf = (inFavour: number, against = 0, abstain = 0): MotionTally => ({
  for: inFavour,
  against,
  abstain,
})
const decide = (changes: Partial<Count> = {}): Outcome =>
  outcomeOf({
    rule: 'simple_majority',
    quorumPercent: 0,
    electors: 12,
    tally: tallyOf(0),
    ...changes,
  })

describe('a motion', () => {
  it.each<[Rule, MotionTally, Outcome]>([
    ['simple_majority', tallyOf(1), 'passed'],
    ['simple_majority', tallyOf(3, 2, 7), 'passed'],
    ['simple_majority', tallyOf(3, 3), 'tied'],
    ['simple_majority', tallyOf(2, 3), 'rejected'],
    ['simple_majority', tallyOf(0, 0, 12), 'rejected'],
    ['simple_majority', tallyOf(0), 'rejected'],
    ['absolute_majority', tallyOf(6, 0), 'rejected'],
    ['absolute_majority', tallyOf(7, 5), 'passed'],
    ['absolute_majority', tallyOf(6, 6), 'rejected'],
    ['two_thirds', tallyOf(4, 2, 6), 'passed'],
    ['two_thirds', tallyOf(5, 3), 'rejected'],
    ['two_thirds', tallyOf(0), 'rejected'],
    ['two_thirds_of_electors', tallyOf(8, 4), 'passed'],
    ['two_thirds_of_electors', tallyOf(7, 0), 'rejected'],
  ])('that needs a %s is, with %o of 12 electors, %s', (rule, tally, outcome) => {
    expect(decide({ rule, tally })).toBe(outcome)
  })

  it('has a quorum at exactly so many per cent, and none with one ballot less', () => {
    // 5 of 20, 33 % of 100, 1 % of 3: in floating point, some of these are a hair too low.
    for (const [electors, quorumPercent, least] of [
      [20, 25, 5],
      [100, 33, 33],
      [3, 1, 1],
      [7, 100, 7],
      [29, 29, 9],
      [2_000, 67, 1_340],
    ] as const) {
      const outcome = (cast: number) => decide({ electors, quorumPercent, tally: tallyOf(cast) })
      expect(outcome(least)).toBe('passed')
      expect(outcome(least - 1)).toBe('no_quorum')
    }
  })

  it('counts abstentions for the quorum alone', () => {
    expect(decide({ quorumPercent: 100, tally: tallyOf(1, 0, 11) })).toBe('passed')
    expect(decide({ quorumPercent: 100, tally: tallyOf(1, 0, 10) })).toBe('no_quorum')
  })

  it('never fails by one more in favour, nor passes by one more against', () => {
    const some = integer({ min: 0, max: 50 })
    void assert(
      property(constantFrom(...RULES), some, some, some, (rule, inFavour, against, abstain) => {
        const electors = inFavour + against + abstain + 1
        const outcome = (more: MotionTally) => decide({ rule, electors, tally: more })
        const before = outcome(tallyOf(inFavour, against, abstain))
        if (before === 'passed') {
          expect(outcome(tallyOf(inFavour + 1, against, abstain))).toBe('passed')
        } else {
          expect(outcome(tallyOf(inFavour, against + 1, abstain))).not.toBe('passed')
        }
      }),
    )
  })
})

describe('a secret result', () => {
  it.each([
    [[4, 0, 0], 4, true],
    [[2, 2, 0], 4, true],
    [[5, 0, 0], 5, true],
    [[4, 1, 0], 5, false],
    [[0, 0, 0], 0, false],
    // Of ballots that choose two each, all chose the first.
    [[6, 3, 3], 6, true],
  ])('of %j from %i ballots tells who chose what: %s', (tallies, ballots, expected) => {
    expect(isRevealing(tallies, ballots)).toBe(expected)
  })
})
