import { describe, expect, it } from 'vitest'
import { VOTE_STATES } from './state.ts'
import type { Seeing, Sight } from './visibility.ts'
import { sightOf } from './visibility.ts'

const BOTH = [false, true]
/** Every combination of what decides. */
const ALL: Seeing[] = VOTE_STATES.flatMap((state) =>
  BOTH.flatMap((announced) =>
    BOTH.flatMap((secret) =>
      BOTH.flatMap((live) =>
        BOTH.flatMap((insider) =>
          BOTH.flatMap((organiser) =>
            BOTH.map((admin) => ({ state, announced, secret, live, insider, organiser, admin })),
          ),
        ),
      ),
    ),
  ),
)
const where = (given: Partial<Seeing>) =>
  ALL.filter((seeing) =>
    Object.entries(given).every(([name, value]) => Reflect.get(seeing, name) === value),
  )
const sees = (given: Partial<Seeing>, what: keyof Sight) =>
  new Set(where(given).map((seeing) => sightOf(seeing)[what]))

describe('of a vote', () => {
  it('a draft is seen by its organisers alone', () => {
    expect(sees({ announced: false, organiser: false }, 'view')).toEqual(new Set(['none']))
    expect(sees({ announced: false, organiser: true }, 'view')).toEqual(new Set(['full']))
  })

  it('nothing is seen by who has no part in it, and a card by administrators', () => {
    const outside = { announced: true, insider: false, organiser: false }
    expect(sees({ ...outside, admin: false }, 'view')).toEqual(new Set(['none']))
    expect(sees({ ...outside, admin: true }, 'view')).toEqual(new Set(['card']))
    for (const what of ['cast', 'voters', 'tallies', 'choices', 'ballots'] as const) {
      expect(sees(outside, what)).toEqual(new Set([false]))
    }
  })

  it('no tally is seen before the close, but of a named vote that is live', () => {
    expect(sees({ state: 'open', secret: true }, 'tallies')).toEqual(new Set([false]))
    expect(sees({ state: 'open', live: false }, 'tallies')).toEqual(new Set([false]))
    const live = {
      state: 'open',
      announced: true,
      insider: true,
      secret: false,
      live: true,
    } as const
    expect(sees(live, 'tallies')).toEqual(new Set([true]))
    expect(sees({ state: 'closed', announced: true, insider: true }, 'tallies')).toEqual(
      new Set([true]),
    )
  })

  it('who has voted is seen while it is open by the organisers of a named one alone', () => {
    expect(sees({ state: 'open', secret: true }, 'voters')).toEqual(new Set([false]))
    expect(sees({ state: 'open', organiser: false }, 'voters')).toEqual(new Set([false]))
    const named = { state: 'open', announced: true, organiser: true, secret: false } as const
    expect(sees(named, 'voters')).toEqual(new Set([true]))
  })

  it('who chose what is seen after the close of a named one, and of a secret one never', () => {
    expect(sees({ secret: true }, 'choices')).toEqual(new Set([false]))
    expect(sees({ state: 'open' }, 'choices')).toEqual(new Set([false]))
  })

  it('single ballots are seen after the close of a secret one by its organisers alone', () => {
    for (const other of [{ secret: false }, { organiser: false }, { state: 'open' }] as const) {
      expect(sees(other, 'ballots')).toEqual(new Set([false]))
    }
  })

  it('nothing that was cast is seen of a cancelled one', () => {
    for (const what of ['cast', 'voters', 'tallies', 'choices', 'ballots'] as const) {
      expect(sees({ state: 'cancelled' }, what)).toEqual(new Set([false]))
    }
  })
})
