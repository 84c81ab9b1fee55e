import type { AuditResult } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { localDateTime } from '../../../utils/time'

const { manage: texts, org } = messages

/** As many entries as the server sends at once. */
export const AT_ONCE = 100

type Entry = AuditResult['items'][number]

const kinds = (): Readonly<Record<string, string | undefined>> => ({
  founded: texts.didFound,
  closed: texts.didClose,
  appointed: texts.didAppoint,
  invited: texts.didInvite,
  invitation_revoked: texts.didRevoke,
  requested: texts.didRequest,
  entered: texts.didEnter,
  accepted: texts.didAccept,
  refused: texts.didRefuse,
  left: texts.didLeave,
  ended: texts.didEnd,
  member_changed: texts.didChangeMember,
  department_added: texts.didAddDepartment,
  department_changed: texts.didChangeDepartment,
  department_removed: texts.didRemoveDepartment,
  policy_changed: texts.didChangePolicy,
  roster_imported: texts.didImport,
  meeting: texts.didMeeting,
  attendance: texts.didAttendance,
  room: texts.didRoom,
})

/** What the record calls an action or a column; whatever is not here is not told. */
const words = (): Readonly<Record<string, string | undefined>> => ({
  suspend: texts.wordSuspend,
  resume: texts.wordResume,
  remove: texts.wordRemove,
  name: org.myName,
  title: org.title,
  departmentId: org.department,
  role: org.role,
  approval: texts.approval,
  memberMayConvene: texts.memberMayConvene,
  lateAfterMin: texts.lateAfter,
  checkInOpensMin: texts.checkInOpens,
  remindMin: texts.remindBefore,
  place: texts.place,
  capacity: texts.capacity,
  equipment: texts.equipment,
  needsApproval: texts.roomNeedsApproval,
  opensMin: texts.opens,
  closesMin: texts.closes,
  maxMin: texts.longest,
  disabledAt: texts.wordDisabled,
  add: texts.wordAdd,
  create: texts.wordCreate,
  submit: texts.wordSubmit,
  approve: texts.wordApprove,
  reject: texts.wordReject,
  withdraw: texts.wordWithdraw,
  update: texts.wordUpdate,
  move: texts.wordMove,
  start: texts.wordStart,
  begin: texts.wordBegin,
  extend: texts.wordExtend,
  end: texts.wordEnd,
  expire: texts.wordExpire,
  'expire rejected': texts.wordLapsed,
  cancel: texts.wordCancel,
  delete: texts.wordDelete,
  remind: texts.wordRemind,
  screen: texts.wordScreen,
  checked: texts.wordCheckedIn,
  undone: texts.wordUndone,
  roster: texts.wordRoster,
})

/** By time itself a meeting begins and ends; everything else without a member is the operator's. */
const actorOf = ({ actor, kind }: Entry): string =>
  actor ?? (kind === 'meeting' ? texts.byTime : texts.byOperator)

/** A line of the record, in words. */
export const toShown = (entry: Entry, at: number) => {
  const known = words()
  const whole = known[entry.detail]
  const told = whole ? [whole] : entry.detail.split(' ').flatMap((word) => known[word] ?? [])
  const what = kinds()[entry.kind] ?? texts.didOther

  return {
    key: `${entry.at} ${at}`,
    what: [what, ...told].join(' · '),
    about: entry.about,
    who: `${actorOf(entry)} · ${localDateTime(entry.at)}`,
  }
}
