import { expect, it } from 'vitest'
import type { Holding } from './cast-sql.ts'
import { planCast } from './casting.ts'

const OPTIONS = [
  { id: 1, publicId: 'a', meaning: 0 },
  { id: 2, publicId: 'b', meaning: 0 },
  { id: 3, publicId: 'c', meaning: 0 },
  { id: 4, publicId: 'none', meaning: 3 },
]
const NOW = 5_000

const holding = (
  vote: Partial<Holding['vote']> = {},
  rest: Partial<Omit<Holding, 'vote'>> = {},
): Holding => ({
  vote: {
    state: 2,
    closesAt: null,
    secret: 0,
    changeable: 0,
    minChoices: 1,
    maxChoices: 2,
    ...vote,
  },
  options: OPTIONS,
  marked: true,
  own: { voted: true, struck: false },
  choice: [],
  ...rest,
})
const errnoOf = (about: Holding, chosen: string[], now = NOW) => {
  try {
    return planCast(about, chosen, now).kind
  } catch (error) {
    return Reflect.get(Object(error), 'errno')
  }
}

it.each([
  [['a'], 'named'],
  [['a', 'b'], 'named'],
  [['none'], 'named'],
  [['a', 'b', 'c'], 402],
  [['a', 'none'], 402],
  [['x'], 402],
  [['a', 'x'], 402],
  [[], 402],
])('a ballot of %j is %s', (chosen, expected) => {
  expect(errnoOf(holding(), chosen)).toBe(expected)
})

it('is written without its caster when the vote is secret, each under an id of its own', () => {
  const [one, other] = [1, 2].map(() => planCast(holding({ secret: 1 }), ['a', 'b'], NOW))
  expect(one).toEqual({ kind: 'secret', ballotId: expect.any(String), optionIds: [1, 2] })
  expect(one).not.toEqual(other)
  // Random: a UUIDv7 would hold the time.
  expect(one).toMatchObject({ ballotId: expect.stringMatching(/^.{8}-.{4}-4/) })
})

it('counts once', () => {
  const voted = { marked: false, choice: [1, 2] }
  expect(errnoOf(holding({}, voted), ['b', 'a'])).toBe('counted')
  expect(errnoOf(holding({}, voted), ['a'])).toBe(732)
  expect(errnoOf(holding({ secret: 1 }, { marked: false }), ['a'])).toBe(732)
  // The answer was lost, and the vote closed before the request was repeated.
  expect(errnoOf(holding({ state: 3 }, voted), ['a', 'b'])).toBe('counted')
  expect(errnoOf(holding({ state: 3, secret: 1 }, { marked: false }), ['a'])).toBe(732)
})

it('is replaced where it may be, while the vote is open', () => {
  const voted = { choice: [1] }
  expect(errnoOf(holding({ changeable: 1 }, voted), ['b'])).toBe('named')
  expect(errnoOf(holding({ changeable: 1, state: 3 }, voted), ['b'])).toBe(729)
})

it.each([
  [0, 729],
  [1, 729],
  [3, 729],
])('is refused in state %i', (state, expected) => {
  expect(errnoOf(holding({ state }), ['a'])).toBe(expected)
})

it('is refused from the closing time on', () => {
  const vote = { closesAt: new Date(NOW) }
  expect(errnoOf(holding(vote), ['a'], NOW - 1)).toBe('named')
  expect(errnoOf(holding(vote), ['a'], NOW)).toBe(729)
})

it('is refused of who is not, or no longer, an elector', () => {
  expect(errnoOf(holding({}, { marked: false, own: null }), ['a'])).toBe(734)
  const own = { voted: false, struck: true }
  expect(errnoOf(holding({}, { marked: false, own }), ['a'])).toBe(734)
})
