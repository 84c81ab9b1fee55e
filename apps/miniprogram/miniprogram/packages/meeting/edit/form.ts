import type { UpdateMeetingRequest } from '@oa/contracts'

/** Somebody, or a room. */
export type Named = { id: string; name: string }
/** A day and a time in the phone's time zone, as pickers give them: `2026-12-01` and `14:05`. */
export type Moment = { date: string; time: string }

export type Form = {
  title: string
  agenda: string
  location: string
  room: Named | null
  start: Moment
  end: Moment
  host: Named
  recorder: Named | null
  auditor: Named | null
  participants: Named[]
  observers: Named[]
}

/** What the server keeps of it. */
export type Fields = Required<Omit<UpdateMeetingRequest, 'version'>>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A room is taken in pieces of this length. */
const STEP_MS = 300_000

const two = (value: number) => String(value).padStart(2, '0')

export const toMoment = (instant: string | number): Moment => {
  const at = new Date(instant)

  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  }
}

export const toTime = ({ date, time }: Moment): number => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const [hour = 0, minute = 0] = time.split(':').map(Number)

  return new Date(year, month - 1, day, hour, minute).getTime()
}

const onStep = (time: number): number => Math.round(time / STEP_MS) * STEP_MS

/** Before anything is loaded. */
export const NOBODY: Named = { id: '', name: '' }

/** An hour long, from the next full hour on. */
export const newForm = (host: Named, now = Date.now()): Form => {
  const start = Math.ceil(now / HOUR_MS) * HOUR_MS

  return {
    title: '',
    agenda: '',
    location: '',
    room: null,
    start: toMoment(start),
    end: toMoment(start + HOUR_MS),
    host,
    recorder: null,
    auditor: null,
    participants: [],
    observers: [],
  }
}

/** The end moves with the start, so that the meeting stays as long as it was. */
export const moveStart = (
  { start, end }: Form,
  to: Partial<Moment>,
): Pick<Form, 'start' | 'end'> => {
  const moved = onStep(toTime({ ...start, ...to }))

  return { start: toMoment(moved), end: toMoment(moved + toTime(end) - toTime(start)) }
}

export const moveEnd = ({ end }: Form, to: Partial<Moment>): Pick<Form, 'end'> => ({
  end: toMoment(onStep(toTime({ ...end, ...to }))),
})

export type Place = 'title' | 'time' | 'room' | 'people' | 'auditor'
/** By the name of its text. */
export type Problem = 'titleMissing' | 'order' | 'tooLong' | 'past' | 'nobody'

export type Problems = Partial<Record<Place, Problem>>

/** Why it cannot be kept as a draft yet. */
export const draftProblems = ({ title, start, end }: Form): Problems => {
  const length = toTime(end) - toTime(start)
  const problems: Problems = {}
  if (title.trim() === '') problems.title = 'titleMissing'
  if (length <= 0) problems.time = 'order'
  if (length > DAY_MS) problems.time = 'tooLong'

  return problems
}

/** Why it cannot be submitted yet. */
export const problemsOf = (form: Form, now = Date.now()): Problems => {
  const problems = draftProblems(form)
  if (!problems.time && toTime(form.start) <= now) problems.time = 'past'
  const others = [...form.participants, ...(form.recorder ? [form.recorder] : [])]
  if (!others.some(({ id }) => id !== form.host.id)) problems.people = 'nobody'

  return problems
}

const idsOf = (people: Named[]): string[] => people.map(({ id }) => id)
const idOf = (named: Named | null): string | null => named?.id ?? null

export const toFields = (form: Form): Fields => ({
  title: form.title.trim(),
  agenda: form.agenda.trim(),
  location: form.location.trim(),
  roomId: idOf(form.room),
  startsAt: new Date(toTime(form.start)).toISOString(),
  endsAt: new Date(toTime(form.end)).toISOString(),
  hostId: form.host.id,
  recorderId: idOf(form.recorder),
  auditorId: idOf(form.auditor),
  participantIds: idsOf(form.participants),
  observerIds: idsOf(form.observers),
})

/** Whether everybody has to be asked again. */
export const isMoved = (changes: Partial<Fields>): boolean =>
  ['startsAt', 'endsAt', 'roomId', 'location'].some((name) => name in changes)
