import type { ChangedVoteResult, VoteItem, VoteResult } from '@oa/contracts'
import type { DetailedVote } from './details.ts'
import type { Vote } from './rows.ts'
import type { ListedVote, OwnElector } from './sql.ts'
import { seenOf } from './viewer.ts'
import { sightOf } from './visibility.ts'

type Shown = { own: OwnElector | null; cast: number | null }

const toItem = (vote: Vote, { own, cast }: Shown): VoteItem => ({
  id: vote.publicId,
  orgId: vote.org.publicId,
  title: vote.title,
  kind: vote.kind,
  secrecy: vote.secret ? 'secret' : 'named',
  state: vote.state,
  meeting: vote.meeting && { id: vote.meeting.publicId, title: vote.meeting.title },
  electors: vote.electorCount,
  cast,
  iAmElector: vote.openedAt !== null && own !== null && !own.struck,
  iVoted: own?.voted ?? false,
  closesAt: vote.closesAt?.toISOString() ?? null,
  outcome: vote.outcome,
  version: vote.version,
})

/** A list holds votes of which the caller is an elector, an organiser or otherwise in the meeting. */
export const toVoteItem = ({ vote, own, cast }: ListedVote): VoteItem => {
  const seen = { ...seenOf(vote), insider: true, organiser: true, admin: false }
  return toItem(vote, { own, cast: sightOf(seen).cast ? cast : null })
}

export const toVoteResult = (detailed: DetailedVote): VoteResult => {
  const { vote, own, sight, cast, may } = detailed
  const isCard = sight.view === 'card'
  const item = toItem(vote, { own, cast })
  return {
    ...item,
    outcome: isCard ? null : item.outcome,
    may,
    details: isCard ? null : toDetails(detailed),
  }
}

const toDetails = (detailed: DetailedVote): NonNullable<VoteResult['details']> => {
  const { vote, struck, tally, myChoice, named, revealing } = detailed
  return {
    detail: vote.detail,
    creator: { id: vote.creator.publicId, name: vote.creator.name },
    changeable: vote.changeable,
    results: vote.live ? 'live' : 'after_close',
    options: vote.options.map(({ id, publicId, text, meaning }) => ({
      id: publicId,
      text,
      meaning,
      tally: tally === null ? null : (tally.get(id) ?? 0),
    })),
    min: vote.minChoices,
    max: vote.maxChoices,
    rule: vote.kind === 'motion' ? vote.rule : null,
    quorumPercent: vote.quorumPercent,
    electorate: vote.electorate,
    memberIds: named,
    struck,
    myChoice:
      myChoice &&
      vote.options.filter(({ id }) => myChoice.includes(id)).map(({ publicId }) => publicId),
    openedAt: vote.openedAt?.toISOString() ?? null,
    closedAt: vote.closedAt?.toISOString() ?? null,
    reason: vote.reason,
    revealing,
  }
}

export const toChangedVote = (vote: Vote): ChangedVoteResult => ({
  state: vote.state,
  version: vote.version,
  electors: vote.electorCount,
  outcome: vote.outcome,
})
