import type { VoteElectorate } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { electorateName, ruleName, secrecyName } from '../../../votes/words'
import type { VoteForm } from './form'

const { voteEdit } = messages

/** The fields of the form that are one of a list. */
export type ChoiceName =
  | 'kind'
  | 'rule'
  | 'quorumPercent'
  | 'secrecy'
  | 'electorate'
  | 'min'
  | 'max'

export type Choices = { [Name in ChoiceName]: readonly VoteForm[Name][] }

const OF_A_MEETING: readonly VoteElectorate[] = ['checked_in', 'participants']
const OF_A_COMPANY: readonly VoteElectorate[] = ['everyone', 'named']
const QUORUMS = [0, 50, 60, 67, 75, 80, 90, 100]

const countTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1)

/** What can be chosen; a draft may have a quorum that this list lacks. */
export const choicesFor = (form: VoteForm, inMeeting: boolean): Choices => ({
  kind: ['motion', 'choice'],
  rule: ['simple_majority', 'absolute_majority', 'two_thirds', 'two_thirds_of_electors'],
  quorumPercent: [...new Set([...QUORUMS, form.quorumPercent])].sort((one, other) => one - other),
  secrecy: ['named', 'secret'],
  electorate: inMeeting ? OF_A_MEETING : OF_A_COMPANY,
  min: countTo(form.options.length),
  max: countTo(form.options.length),
})

const NAMES: { [Name in ChoiceName]: (value: VoteForm[Name]) => string } = {
  kind: (kind) => (kind === 'motion' ? voteEdit.kindMotion : voteEdit.kindChoice),
  rule: ruleName,
  quorumPercent: (percent) => (percent === 0 ? voteEdit.quorumNone : `${percent}%`),
  secrecy: secrecyName,
  electorate: electorateName,
  min: (count) => fillIn(voteEdit.count, { count }),
  max: (count) => fillIn(voteEdit.count, { count }),
}

export type Picker = { names: string[]; index: number; chosen: string }

const pickerOf = <Name extends ChoiceName>(
  name: Name,
  form: VoteForm,
  choices: Choices,
): Picker => {
  const values: readonly VoteForm[Name][] = choices[name]
  const names = values.map((value) => NAMES[name](value))
  const index = Math.max(0, values.indexOf(form[name]))

  return { names, index, chosen: names[index] ?? '' }
}

/** The pickers of the form. */
export const pickersOf = (form: VoteForm, inMeeting: boolean): Record<ChoiceName, Picker> => {
  const choices = choicesFor(form, inMeeting)

  return {
    kind: pickerOf('kind', form, choices),
    rule: pickerOf('rule', form, choices),
    quorumPercent: pickerOf('quorumPercent', form, choices),
    secrecy: pickerOf('secrecy', form, choices),
    electorate: pickerOf('electorate', form, choices),
    min: pickerOf('min', form, choices),
    max: pickerOf('max', form, choices),
  }
}

/** What a choice changes; nothing when it is not in the list. */
export const picked = (
  name: ChoiceName,
  index: number,
  form: VoteForm,
  inMeeting: boolean,
): Partial<VoteForm> => {
  const value = choicesFor(form, inMeeting)[name][index]

  return value === undefined ? {} : { [name]: value }
}
