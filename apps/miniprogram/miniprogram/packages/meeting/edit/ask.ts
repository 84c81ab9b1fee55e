import { messages } from '../../../i18n/index'
import { confirm } from '../../../ui/dialog'
import { changesOf } from '../changes'
import type { MeetingPickKind } from '../pick/kinds'
import type { Fields, Form, Named } from './form'
import { isMoved, toTime } from './form'

const { meeting, meetingEdit } = messages

/** Asks before others are told. `before` is what they know already. */
export const confirmSubmit = (before: Fields | undefined, after: Fields): Promise<boolean> => {
  if (!before) return confirm(meeting.submitTitle, meeting.submitText)
  const text = isMoved(changesOf(before, after)) ? meetingEdit.saveMoved : meetingEdit.saveText

  return confirm(meetingEdit.saveTitle, text)
}

/** The page that shows which rooms are free for this meeting and seat everybody. */
export const roomUrl = (form: Form, { orgId, id }: { orgId: string; id: string }): string => {
  const { start, end, participants, observers, host, recorder } = form
  const people = [...participants, ...observers, host, recorder].flatMap((one) => one?.id ?? [])
  const query = Object.entries({
    orgId,
    from: new Date(toTime(start)).toISOString(),
    to: new Date(toTime(end)).toISOString(),
    people: String(Math.max(1, new Set(people).size)),
    meetingId: id,
  })
  const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')

  return `/packages/meeting/room/room?${search}`
}

/** Who is chosen already. */
export const chosenIn = (form: Form, kind: MeetingPickKind): Named[] => {
  const now = form[kind]
  if (Array.isArray(now)) return now

  return now ? [now] : []
}

/** What a choice of people changes; a meeting always has a host. */
export const chosenAs = (kind: MeetingPickKind, people: Named[]): Partial<Form> => {
  const [first] = people
  if (kind === 'participants' || kind === 'observers') return { [kind]: people }
  if (kind === 'host') return first ? { host: first } : {}

  return { [kind]: first ?? null }
}
