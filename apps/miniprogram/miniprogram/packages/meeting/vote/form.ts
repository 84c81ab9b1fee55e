import type { UpdateVoteRequest, VoteElectorate, VoteResult } from '@oa/contracts'
import type { Moment, Named } from '../edit/form'
import { toMoment, toTime } from '../edit/form'

export type VoteForm = {
  title: string
  detail: string
  kind: VoteResult['kind']
  options: string[]
  abstain: boolean
  min: number
  max: number
  rule: NonNullable<UpdateVoteRequest['rule']>
  quorumPercent: number
  secrecy: VoteResult['secrecy']
  changeable: boolean
  live: boolean
  electorate: VoteElectorate
  members: Named[]
  /** When it closes by itself; null: by hand. */
  closes: Moment | null
}

/** What the server keeps of it. */
export type VoteFields = Omit<UpdateVoteRequest, 'version' | 'departmentIds'>

export const MOST_OPTIONS = 20
export const LEAST_SECRET_ELECTORS = 5
const HOUR_MS = 3_600_000

export const newVoteForm = (inMeeting: boolean): VoteForm => ({
  title: '',
  detail: '',
  kind: 'motion',
  options: ['', ''],
  abstain: false,
  min: 1,
  max: 1,
  rule: 'simple_majority',
  quorumPercent: 0,
  secrecy: 'named',
  changeable: false,
  live: false,
  electorate: inMeeting ? 'checked_in' : 'everyone',
  members: [],
  closes: null,
})

/** A draft as a form; names of chosen members are not sent with it. */
export const formOf = (
  vote: VoteResult,
  details: NonNullable<VoteResult['details']>,
): VoteForm => ({
  title: vote.title,
  detail: details.detail,
  kind: vote.kind,
  options:
    vote.kind === 'choice'
      ? details.options.filter(({ meaning }) => meaning === null).map(({ text }) => text)
      : ['', ''],
  abstain: vote.kind === 'choice' && details.options.some(({ meaning }) => meaning === 'abstain'),
  min: details.min,
  max: details.max,
  rule: details.rule ?? 'simple_majority',
  quorumPercent: details.quorumPercent,
  secrecy: vote.secrecy,
  changeable: details.changeable,
  live: details.results === 'live',
  electorate: details.electorate,
  members: details.memberIds.map((id) => ({ id, name: '' })),
  closes: vote.closesAt === null ? null : toMoment(vote.closesAt),
})

/** In an hour, on five minutes. */
export const soon = (now = Date.now()): Moment => {
  const step = 300_000

  return toMoment(Math.ceil((now + HOUR_MS) / step) * step)
}

const written = ({ options }: VoteForm): string[] =>
  options.map((option) => option.trim()).filter((option) => option !== '')

/** Only what belongs to a vote of that kind: the server refuses the rest. */
export const toVoteFields = (form: VoteForm): VoteFields => {
  const isNamed = form.secrecy === 'named'
  const fields: VoteFields = {
    title: form.title.trim(),
    detail: form.detail.trim(),
    kind: form.kind,
    secrecy: form.secrecy,
    changeable: isNamed && form.changeable,
    results: isNamed && form.live ? 'live' : 'after_close',
    quorumPercent: form.quorumPercent,
    electorate: form.electorate,
    closesAt: form.closes === null ? null : new Date(toTime(form.closes)).toISOString(),
  }
  if (form.kind === 'motion') fields.rule = form.rule
  else {
    fields.options = written(form)
    fields.abstain = form.abstain
    fields.min = form.min
    fields.max = form.max
  }
  if (form.electorate === 'named') fields.memberIds = form.members.map(({ id }) => id)

  return fields
}

export type VotePlace = 'title' | 'options' | 'bounds' | 'people' | 'closes'
/** By the name of its text. */
export type VoteProblem =
  | 'titleMissing'
  | 'optionsMissing'
  | 'optionsSame'
  | 'boundsWrong'
  | 'nobody'
  | 'tooFew'
  | 'closesPast'

export type VoteProblems = Partial<Record<VotePlace, VoteProblem>>

/** Why it cannot be kept yet. */
export const voteProblems = (form: VoteForm, now = Date.now()): VoteProblems => {
  const problems: VoteProblems = {}
  if (form.title.trim() === '') problems.title = 'titleMissing'
  if (form.kind === 'choice') {
    const options = written(form)
    if (options.length < 2) problems.options = 'optionsMissing'
    else if (new Set(options).size < options.length) problems.options = 'optionsSame'
    else if (form.min > form.max || form.max > options.length) problems.bounds = 'boundsWrong'
  }
  if (form.electorate === 'named') {
    const { length } = form.members
    if (length === 0) problems.people = 'nobody'
    else if (form.secrecy === 'secret' && length < LEAST_SECRET_ELECTORS) problems.people = 'tooFew'
  }
  if (form.closes !== null && toTime(form.closes) <= now) problems.closes = 'closesPast'

  return problems
}
