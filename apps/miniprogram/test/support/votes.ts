import type { VoteItem, VoteResult } from '@oa/contracts'
import type { startApi } from './api'
import { ok } from './api'
import { LEI, ORG } from './meetings'

export const VOTE = '01938a5e-7c1d-7000-8000-0000000000f1'
export const FOR = '01938a5e-7c1d-7000-8000-0000000000f2'
export const AGAINST = '01938a5e-7c1d-7000-8000-0000000000f3'
export const ABSTAIN = '01938a5e-7c1d-7000-8000-0000000000f4'

export const voteItem = (changes: Partial<VoteItem> = {}): VoteItem => ({
  id: VOTE,
  orgId: ORG,
  title: '年度预算',
  kind: 'motion',
  secrecy: 'named',
  state: 'open',
  meeting: null,
  electors: 6,
  cast: 2,
  iAmElector: true,
  iVoted: false,
  closesAt: null,
  outcome: null,
  version: 2,
  ...changes,
})

type Details = NonNullable<VoteResult['details']>

export const voteOptions = (tallies?: readonly [number, number, number]): Details['options'] => [
  { id: FOR, text: '赞成', meaning: 'for', tally: tallies?.[0] ?? null },
  { id: AGAINST, text: '反对', meaning: 'against', tally: tallies?.[1] ?? null },
  { id: ABSTAIN, text: '弃权', meaning: 'abstain', tally: tallies?.[2] ?? null },
]

export const voteDetails = (changes: Partial<Details> = {}): Details => ({
  detail: '见附件',
  creator: LEI,
  changeable: false,
  results: 'after_close',
  options: voteOptions(),
  min: 1,
  max: 1,
  rule: 'simple_majority',
  quorumPercent: 50,
  electorate: 'everyone',
  memberIds: [],
  struck: 0,
  myChoice: null,
  openedAt: '2026-11-30T08:00:00.000Z',
  closedAt: null,
  reason: null,
  revealing: false,
  ...changes,
})

export const voteResult = (
  changes: Partial<VoteResult> = {},
  details: Partial<Details> = {},
): VoteResult => ({ ...voteItem(), may: ['cast'], details: voteDetails(details), ...changes })

/** What people typed in the answers of `hasVotes`. */
export const TYPED = ['年度预算', '见附件']

/** Makes the API answer to every page of votes with one, of which the user may do all. */
export const hasVotes = ({ answers }: Awaited<ReturnType<typeof startApi>>, id: string) => {
  answers['/wx/vote/list'] = ok({ items: [voteItem()] })
  const may: VoteResult['may'] = [
    'cast',
    'update',
    'open',
    'close',
    'cancel',
    'electors',
    'ballots',
  ]
  answers[`/wx/vote/${id}`] = ok(voteResult({ may }, { options: voteOptions([2, 1, 0]) }))
  answers[`/wx/vote/${id}/electors`] = ok({
    items: [{ memberId: LEI.id, name: LEI.name, voted: true, struck: false }],
  })
}
