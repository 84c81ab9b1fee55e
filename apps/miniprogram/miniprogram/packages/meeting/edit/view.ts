import { fillIn, language, messages } from '../../../i18n/index'
import { joinTexts } from '../../../i18n/join-texts'
import { dayText } from '../../../meetings/when'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { describeFailure } from '../../../net/failure'
import type { Form, Moment, Named, Place, Problem, Problems } from './form'
import { toTime } from './form'
import type { Opened } from './load'

const { meetingEdit: texts } = messages
const NAMES_SHOWN = 3

const peopleText = (people: Named[]): string => {
  const names = joinTexts(people.slice(0, NAMES_SHOWN).map(({ name }) => name))
  if (people.length <= NAMES_SHOWN) return names

  return fillIn(texts.peopleOf, { names, count: people.length })
}

/** What the page shows of the form; the people themselves may be two thousand. */
export const toView = (form: Form) => ({
  room: form.room?.name ?? '',
  startDay: dayText(new Date(toTime(form.start)).toISOString()),
  endDay: dayText(new Date(toTime(form.end)).toISOString()),
  start: form.start,
  end: form.end,
  host: form.host.name,
  recorder: form.recorder?.name ?? '',
  auditor: form.auditor?.name ?? '',
  participants: peopleText(form.participants),
  observers: peopleText(form.observers),
})

const UNSET: Moment = { date: '', time: '' }
const NOTHING: ReturnType<typeof toView> = {
  room: '',
  startDay: '',
  endDay: '',
  start: UNSET,
  end: UNSET,
  host: '',
  recorder: '',
  auditor: '',
  participants: '',
  observers: '',
}

/** The page's data before the form is loaded. */
export const BEFORE = {
  ...NOTHING,
  isReady: false,
  isMissing: false,
  /** Others see it already: nothing is saved before the user says so. */
  isAnnounced: false,
  company: 0,
  mayChooseCompany: false,
  title: '',
  agenda: '',
  location: '',
  status: '',
  busy: false,
}

/** The whole page, once it is known what is edited. */
export const toPage = (
  { form, memberships, orgId, state }: Omit<Opened, 'saved'>,
  isNew: boolean,
) => ({
  ...toView(form),
  title: form.title,
  agenda: form.agenda,
  location: form.location,
  isReady: true,
  isAnnounced: state === 'scheduled',
  companies: memberships.map(({ orgName }) => orgName),
  company: memberships.findIndex((one) => one.orgId === orgId),
  mayChooseCompany: memberships.length > 1 && isNew,
  errors: {},
})

export type Errors = Partial<Record<Place, string>>

const problemText = (problem: Problem): string =>
  ({
    titleMissing: texts.titleMissing,
    order: texts.order,
    tooLong: texts.tooLong,
    past: texts.past,
    nobody: texts.nobody,
  })[problem]

export const toErrors = (problems: Problems): Errors => {
  const errors: Errors = {}
  for (const [place, problem] of Object.entries(problems)) {
    errors[place as Place] = problemText(problem)
  }

  return errors
}

/** Where on the form a refusal belongs; `undefined` where it is about no part of it. */
export const placeOf = (
  failure: Failure,
  { room }: Form,
  during: 'save' | 'submit',
): Errors | undefined => {
  const text = describeFailure(failure)
  switch (failure.errno) {
    case ERRNO.ROOM_TAKEN:
      return { room: text }
    case ERRNO.NOT_NOW:
      return { time: text }
    case ERRNO.CONTENT_REFUSED:
      return { title: text }
    case ERRNO.BAD_VALUE:
      // What else can be wrong was found when it was saved.
      if (during === 'submit') return { auditor: texts.auditorMissing }
      return room ? { room: language() === 'zh-CN' ? text : texts.roomRefused } : { time: text }
    default:
      return undefined
  }
}
