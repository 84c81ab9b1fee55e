import type { MemberRole } from '@oa/contracts'
import { messages } from '../../../i18n/index'

const { meetingEdit: texts } = messages

/** For which field of a form people are chosen. */
export type PickKind = MeetingPickKind | 'electors'
/** Those of a meeting. */
export type MeetingPickKind = 'participants' | 'observers' | 'host' | 'recorder' | 'auditor'

export const isPickKind = (value: string | undefined): value is PickKind =>
  value !== undefined && value in titles()

const titles = (): Record<PickKind, string> => ({
  participants: texts.pickParticipants,
  observers: texts.pickObservers,
  host: texts.pickHost,
  recorder: texts.pickRecorder,
  auditor: texts.pickAuditor,
  electors: messages.voteEdit.pickElectors,
})

export const titleOf = (kind: PickKind): string => titles()[kind]

/** The least role of who can be chosen: administrators alone approve meetings. */
export const leastRoleFor = (kind: PickKind): MemberRole | undefined =>
  kind === 'auditor' ? 'admin' : undefined

/** Whether several people can be chosen. */
export const isMany = (kind: PickKind): boolean =>
  kind === 'participants' || kind === 'observers' || kind === 'electors'

/** Whether nobody can be chosen too. */
export const mayBeUnset = (kind: PickKind): boolean => kind === 'recorder' || kind === 'auditor'
