import type { VoteResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { optionName } from '../../../votes/words'

const { vote } = messages

type Details = NonNullable<VoteResult['details']>

export type Row = { id: string; text: string; count: string; percent: number; leads: boolean }

/** The tallies, those of a choice by rank; empty while they may not be known. */
export const toRows = ({ options, rule }: Details): Row[] => {
  const tallies = options.flatMap(({ tally }) => tally ?? [])
  if (tallies.length === 0) return []
  const all = tallies.reduce((sum, tally) => sum + tally, 0)
  const most = Math.max(
    ...options.map(({ meaning, tally }) => (meaning === null ? (tally ?? 0) : 0)),
  )
  const rows = options.map((option) => {
    const tally = option.tally ?? 0
    const percent = all === 0 ? 0 : Math.round((tally / all) * 100)

    return {
      id: option.id,
      text: optionName(option),
      count: fillIn(all === 0 ? vote.tally : vote.share, { count: tally, percent }),
      percent,
      leads: option.meaning === null && tally === most && most > 0,
      tally,
      isLast: option.meaning === 'abstain',
    }
  })
  // A motion keeps its order; abstentions are no rank.
  const ranked =
    rule === null
      ? [...rows].sort(
          (one, other) => Number(one.isLast) - Number(other.isLast) || other.tally - one.tally,
        )
      : rows

  return ranked.map(({ id, text, count, percent, leads }) => ({ id, text, count, percent, leads }))
}
