import type { BallotsResult, VoteElectorItem, VoteResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { joinTexts } from '../../../i18n/join-texts'
import { optionName } from '../../../votes/words'

const { vote } = messages

export type RecordTab = 'electors' | 'ballots'
export type Row = { key: string; name: string; text: string }

/** The lists that the caller may read. */
export const tabsOf = ({ may }: Pick<VoteResult, 'may'>): { tab: RecordTab; name: string }[] =>
  (
    [
      { tab: 'electors', name: vote.recordElectors },
      { tab: 'ballots', name: vote.recordBallots },
    ] as const
  ).filter(({ tab }) => may.includes(tab))

export const electorRow = ({ memberId, name, voted, struck }: VoteElectorItem): Row => ({
  key: memberId,
  name,
  text: struck ? vote.hasLost : votedText(voted),
})

/** While the vote is open, of a secret one nobody is told. */
const votedText = (voted: boolean | null): string => {
  if (voted === null) return ''
  return voted ? vote.hasVoted : vote.hasNotVoted
}

/** Secret ballots have a number on the page in place of a name: their order says nothing. */
export const ballotRow = (
  { id, name, optionIds }: BallotsResult['items'][number],
  { details }: Pick<VoteResult, 'details'>,
  number: number,
): Row => {
  const chosen = details?.options.filter((option) => optionIds.includes(option.id)) ?? []

  return {
    key: id,
    name: name ?? fillIn(vote.secretBallot, { number }),
    text: joinTexts(chosen.map(optionName)),
  }
}
