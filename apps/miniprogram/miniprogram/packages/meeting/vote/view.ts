import { fillIn, messages } from '../../../i18n/index'
import { dayText } from '../../../meetings/when'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { describeFailure } from '../../../net/failure'
import { toTime } from '../edit/form'
import type { Picker } from './choices'
import { pickersOf } from './choices'
import type { VoteForm, VotePlace, VoteProblem, VoteProblems } from './form'
import { MOST_OPTIONS } from './form'
import type { Opened } from './load'

const { voteEdit: texts } = messages

const NO_PICKER: Picker = { names: [], index: 0, chosen: '' }

/** What the page shows of the form, but for what is typed: WeChat would move the cursor. */
export const toView = (form: VoteForm, inMeeting: boolean) => ({
  ...pickersOf(form, inMeeting),
  isChoice: form.kind === 'choice',
  isSecret: form.secrecy === 'secret',
  isNamed: form.electorate === 'named',
  abstain: form.abstain,
  changeable: form.changeable,
  live: form.live,
  members: form.members.length === 0 ? '' : fillIn(texts.chosen, { count: form.members.length }),
  hasCloses: form.closes !== null,
  closesDate: form.closes?.date ?? '',
  closesDay: form.closes ? dayText(new Date(toTime(form.closes)).toISOString()) : '',
  closesTime: form.closes?.time ?? '',
})

export type OptionField = { key: string; text: string; label: string; remove: string }

/** Numbered anew when one is added or removed. */
export const toOptionFields = ({ options }: VoteForm, round: number) => ({
  options: options.map((text, index): OptionField => {
    const number = index + 1

    return {
      key: `${round}-${index}`,
      text,
      label: fillIn(texts.option, { number }),
      remove: fillIn(texts.removeOption, { number }),
    }
  }),
  mayAdd: options.length < MOST_OPTIONS,
  mayRemove: options.length > 2,
})

/** The page's data before the form is loaded. */
export const BEFORE = {
  isReady: false,
  isMissing: false,
  title: '',
  detail: '',
  company: 0,
  companies: [] as string[],
  kind: NO_PICKER,
  rule: NO_PICKER,
  quorumPercent: NO_PICKER,
  secrecy: NO_PICKER,
  electorate: NO_PICKER,
  min: NO_PICKER,
  max: NO_PICKER,
  options: [] as OptionField[],
  mayAdd: true,
  mayRemove: false,
  isChoice: false,
  isSecret: false,
  isNamed: false,
  abstain: false,
  changeable: false,
  live: false,
  members: '',
  hasCloses: false,
  closesDate: '',
  closesDay: '',
  closesTime: '',
  status: '',
  busy: '',
}

/** The whole page, once it is known what is edited. */
export const toPage = ({ form, companies, place }: Opened, round: number) => ({
  ...toView(form, place.meetingId !== ''),
  ...toOptionFields(form, round),
  title: form.title,
  detail: form.detail,
  companies: companies.length > 1 ? companies.map(({ orgName }) => orgName) : [],
  company: Math.max(
    0,
    companies.findIndex(({ orgId }) => orgId === place.orgId),
  ),
  isReady: true,
  errors: {},
})

export type Errors = Partial<Record<VotePlace, string>>

const problemText = (problem: VoteProblem): string =>
  ({
    titleMissing: texts.titleMissing,
    optionsMissing: texts.optionsMissing,
    optionsSame: texts.optionsSame,
    boundsWrong: texts.boundsWrong,
    nobody: texts.nobody,
    tooFew: texts.tooFew,
    closesPast: texts.closesPast,
  })[problem]

export const toErrors = (problems: VoteProblems): Errors => {
  const errors: Errors = {}
  for (const [place, problem] of Object.entries(problems)) {
    errors[place as VotePlace] = problemText(problem)
  }

  return errors
}

/** Where on the form a refusal belongs; `undefined` where it is about no part of it. */
export const placeOf = (failure: Failure): Errors | undefined =>
  failure.errno === ERRNO.CONTENT_REFUSED ? { title: describeFailure(failure) } : undefined
