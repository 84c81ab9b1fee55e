import type {
  VoteElectorate,
  VoteItem,
  VoteKind,
  VoteOutcome,
  VoteResult,
  VoteRule,
  VoteSecrecy,
  VoteState,
} from '@oa/contracts'
import { fillIn, messages } from '../i18n/index'

const { vote } = messages

export const voteStateName = (state: VoteState): string =>
  ({ draft: vote.draft, open: vote.open, closed: vote.closed, cancelled: vote.cancelled })[state]

export const kindName = (kind: VoteKind): string =>
  ({ motion: vote.motion, choice: vote.choice })[kind]

export const secrecyName = (secrecy: VoteSecrecy): string =>
  ({ named: vote.named, secret: vote.secret })[secrecy]

export const outcomeName = (outcome: VoteOutcome): string =>
  ({
    passed: vote.passed,
    rejected: vote.rejected,
    tied: vote.tied,
    no_quorum: vote.noQuorum,
  })[outcome]

export const ruleName = (rule: VoteRule): string =>
  ({
    simple_majority: vote.simpleMajority,
    absolute_majority: vote.absoluteMajority,
    two_thirds: vote.twoThirds,
    two_thirds_of_electors: vote.twoThirdsOfElectors,
  })[rule]

export const electorateName = (electorate: VoteElectorate): string =>
  ({
    checked_in: vote.checkedIn,
    participants: vote.participants,
    everyone: vote.everyone,
    named: vote.namedOnes,
  })[electorate]

/** How many have voted, or may; empty before the vote opens. */
export const turnoutText = ({ cast, electors }: Pick<VoteItem, 'cast' | 'electors'>): string => {
  if (electors === 0) return ''
  return cast === null
    ? fillIn(vote.electorCount, { electors })
    : fillIn(vote.progress, { cast, electors })
}

type Option = NonNullable<VoteResult['details']>['options'][number]

/** What stands for something in every vote is in the user's language; else it is as somebody wrote it. */
export const optionName = ({ text, meaning }: Option): string =>
  meaning === null
    ? text
    : { for: vote.inFavour, against: vote.against, abstain: vote.abstain }[meaning]
