import type { VoteAction, VoteResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { momentText } from '../../../meetings/when'
import {
  electorateName,
  kindName,
  outcomeName,
  ruleName,
  secrecyName,
  turnoutText,
  voteStateName,
} from '../../../votes/words'
import type { Option } from './ballot'
import { hintOf, myChoiceText, toOptions } from './ballot'
import type { Row } from './result'
import { toRows } from './result'

const { vote } = messages

export type Field = { name: string; value: string }
/** What changes the vote, or leads to another page. */
export type Step = Exclude<VoteAction, 'cast' | 'electors' | 'ballots'>
export type Button = { action: Step; text: string; look: string }

/** The page's data without a vote. */
export const EMPTY = {
  isLoaded: false,
  title: '',
  detail: '',
  state: '',
  stateText: '',
  reason: '',
  fields: [] as Field[],
  meeting: '',
  isSecret: false,
  mayCast: false,
  isMany: false,
  options: [] as Option[],
  hint: '',
  castText: '',
  /** What became of the user's ballot. */
  mine: '',
  mineText: '',
  isOutside: false,
  rows: [] as Row[],
  resultTitle: '',
  outcome: '',
  isRevealing: false,
  hasRecord: false,
  hasDetails: false,
  buttons: [] as Button[],
}

/** A vote as its page shows it. */
export const toView = (result: VoteResult, now = new Date()): typeof EMPTY => {
  const { title, state, secrecy, details, may, outcome, iVoted, iAmElector, meeting } = result
  const isOpen = state === 'open'
  const counts = iVoted && state !== 'cancelled'

  return {
    isLoaded: true,
    title,
    detail: details?.detail ?? '',
    state,
    stateText: voteStateName(state),
    reason: details?.reason ?? '',
    fields: toFields(result, now),
    meeting: meeting?.title ?? '',
    isSecret: secrecy === 'secret' && details !== null,
    mayCast: may.includes('cast'),
    isMany: (details?.max ?? 1) > 1,
    options: details ? toOptions(details) : [],
    hint: details ? [vote.ballot, hintOf(details)].join(' · ') : '',
    castText: counts ? vote.castAgain : vote.cast,
    mine: counts ? vote.mine : '',
    mineText: counts ? myChoiceText(result) : '',
    isOutside: isOpen && details !== null && !iAmElector && !counts,
    rows: details ? toRows(details) : [],
    resultTitle: isOpen ? vote.resultLive : vote.result,
    outcome: outcome ? outcomeName(outcome) : '',
    isRevealing: details?.revealing ?? false,
    hasRecord: may.includes('electors') || may.includes('ballots'),
    hasDetails: details !== null,
    buttons: BUTTONS.filter(({ action }) => may.includes(action)).map(({ action, look }) => ({
      action,
      text: buttonText(action),
      look,
    })),
  }
}

const toFields = (result: VoteResult, now: Date): Field[] => {
  const { kind, secrecy, closesAt, details, state } = result
  const manner = [kindName(kind), secrecyName(secrecy)]
  if (details && secrecy === 'named') manner.push(details.changeable ? vote.changeable : vote.final)
  const pairs: [string, string | undefined][] = [
    [vote.method, manner.join(' · ')],
    [vote.rule, details?.rule ? ruleName(details.rule) : undefined],
    [
      vote.quorum,
      details && details.quorumPercent > 0
        ? fillIn(vote.quorumText, { percent: details.quorumPercent })
        : undefined,
    ],
    [vote.who, details ? electorateName(details.electorate) : undefined],
    [vote.turnout, turnoutOf(result)],
    [vote.closes, closesAt ? momentText(closesAt, now) : undefined],
    [vote.results, details && state !== 'closed' ? resultsText(details) : undefined],
    [vote.creator, details?.creator.name],
  ]

  return pairs.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

const resultsText = ({ results }: NonNullable<VoteResult['details']>): string =>
  results === 'live' ? vote.live : vote.afterClose

const turnoutOf = (result: VoteResult): string => {
  const struck = result.details?.struck ?? 0

  return [turnoutText(result), struck > 0 ? fillIn(vote.struck, { count: struck }) : '']
    .filter(Boolean)
    .join(' · ')
}

/** In the order in which they are offered: what goes on first, what ends it last. */
const BUTTONS: readonly { action: Step; look: string }[] = [
  { action: 'open', look: '' },
  { action: 'update', look: 'btn-plain' },
  { action: 'close', look: 'btn-plain' },
  { action: 'cancel', look: 'btn-danger' },
]

const buttonText = (action: Step): string =>
  ({ open: vote.start, update: vote.update, close: vote.close, cancel: vote.cancel })[action]
