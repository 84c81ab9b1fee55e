import type { MeetingAction, MeetingResult, ReplyRequest } from '@oa/contracts'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import { request } from '../../../net/request'
import { askText, choose, confirm, confirmDanger, showToast } from '../../../ui/dialog'
import { drawId } from '../../../utils/random'

const { meeting } = messages

/**
 * Sends what the user decided, with the content that it had then, however often it is called: the
 * server answers a request that it has done already as it did the first time. Resolves with what to tell.
 */
export type Send = () => Promise<string>
type Shown = Pick<MeetingResult, 'id' | 'version' | 'endsAt' | 'voting'>
/** What opens a page of its own, or has its own buttons, is none of these. */
export type Decided = Exclude<
  MeetingAction,
  'update' | 'reply' | 'check_in' | 'show_code' | 'check_in_by_hand'
>
type Prepare = (shown: Shown) => Promise<Send | undefined>

/** By meeting and weeks, until the server answers: copies that it made already are not made again. */
const drawn = new Map<string, string>()
const MAX_REASON = 200
const MINUTE_MS = 60_000
const EXTENSIONS_MIN = [15, 30, 60]
/** WeChat's sheet has at most six lines. */
const WEEKS = [1, 2, 3, 4, 8, 12]

/** Asks what has to be known first; `undefined` when the user thinks better of it. */
export const prepareStep = (action: Decided, shown: Shown): Promise<Send | undefined> =>
  STEPS[action](shown)

/** The same for a reply; who declines may say why. */
export const prepareReply = async (
  { id, sequence }: { id: string; sequence: number },
  reply: ReplyRequest['reply'],
): Promise<Send | undefined> => {
  const data: ReplyRequest = { sequence, reply }
  if (reply === 'no') {
    const reason = await askText(meeting.declineTitle, meeting.declineHint)
    if (reason === null || !isShort(reason)) return undefined
    if (reason) data.reason = reason
  }

  return async () => {
    await request(api.replyToMeeting, 'POST', { params: { id }, data })
    return reply === 'yes' ? meeting.joinDone : meeting.declineDone
  }
}

type PlainPath =
  | typeof api.submitMeeting
  | typeof api.withdrawMeeting
  | typeof api.startMeeting
  | typeof api.deleteMeeting

const change =
  (path: PlainPath, { id, version }: Shown, done: string): Send =>
  async () => {
    await request(path, 'POST', { params: { id }, data: { version } })
    return done
  }

const STEPS: Record<Decided, Prepare> = {
  submit: async (shown) =>
    (await confirm(meeting.submitTitle, meeting.submitText))
      ? change(api.submitMeeting, shown, meeting.submitDone)
      : undefined,

  approve: async ({ id, version }) => {
    if (!(await confirm(meeting.approveTitle, meeting.approveText))) return undefined

    return async () => {
      await request(api.auditMeeting, 'POST', { params: { id }, data: { version, approve: true } })
      return meeting.approveDone
    }
  },

  reject: async ({ id, version }) => {
    const reason = await askReason(meeting.rejectTitle, meeting.rejectHint)
    if (!reason) return undefined
    const data = { version, approve: false, reason }

    return async () => {
      await request(api.auditMeeting, 'POST', { params: { id }, data })
      return meeting.rejectDone
    }
  },

  withdraw: async (shown) =>
    (await confirm(meeting.withdrawTitle, meeting.withdrawText))
      ? change(api.withdrawMeeting, shown, meeting.withdrawDone)
      : undefined,

  start: async (shown) =>
    (await confirm(meeting.startTitle, meeting.startText))
      ? change(api.startMeeting, shown, meeting.startDone)
      : undefined,

  extend: async ({ id, version, endsAt }) => {
    const texts = EXTENSIONS_MIN.map((minutes) => fillIn(meeting.extendBy, { minutes }))
    const minutes = EXTENSIONS_MIN[(await choose(texts)) ?? -1]
    if (minutes === undefined) return undefined
    const later = new Date(Date.parse(endsAt) + minutes * MINUTE_MS).toISOString()

    return async () => {
      await request(api.extendMeeting, 'POST', { params: { id }, data: { version, endsAt: later } })
      return meeting.extendDone
    }
  },

  end: async ({ id, version, voting }) => {
    if (!(await confirm(meeting.endTitle, voting ? meeting.endVotesText : meeting.endText))) {
      return undefined
    }
    // Without it the server keeps a meeting whose vote was opened meanwhile.
    const data = voting ? { version, closeVotes: true } : { version }

    return async () => {
      await request(api.endMeeting, 'POST', { params: { id }, data })
      return meeting.endDone
    }
  },

  cancel: async ({ id, version }) => {
    const reason = await askReason(meeting.cancelTitle, meeting.cancelHint)
    if (!reason) return undefined

    return async () => {
      await request(api.cancelMeeting, 'POST', { params: { id }, data: { version, reason } })
      return meeting.cancelDone
    }
  },

  delete: async (shown) =>
    (await confirmDanger(meeting.removeTitle, meeting.removeText, meeting.removeConfirm))
      ? change(api.deleteMeeting, shown, meeting.removeDone)
      : undefined,

  remind:
    async ({ id }) =>
    async () => {
      const { data } = await request(api.remindOfMeeting, 'POST', { params: { id } })
      return data.reminded > 0
        ? fillIn(meeting.remindDone, { count: data.reminded })
        : meeting.remindNobody
    },

  copy: async ({ id }) => {
    const texts = WEEKS.map((weeks) => fillIn(meeting.copyWeeks, { weeks }))
    const weeks = WEEKS[(await choose(texts)) ?? -1]
    if (weeks === undefined) return undefined
    const key = `${id} ${weeks}`
    const requestId = drawn.get(key) ?? (await drawId())
    drawn.set(key, requestId)
    const data = { requestId, weeks }

    return async () => {
      const { data: copied } = await request(api.copyMeeting, 'POST', { params: { id }, data })
      drawn.delete(key)
      return fillIn(meeting.copyDone, { count: copied.ids.length })
    }
  },
}

const askReason = async (title: string, hint: string): Promise<string | undefined> => {
  const reason = await askText(title, hint)
  if (reason === '') showToast(meeting.reasonMissing)

  return reason && isShort(reason) ? reason : undefined
}

const isShort = (reason: string): boolean => {
  const fits = Array.from(reason).length <= MAX_REASON
  if (!fits) showToast(meeting.reasonTooLong)

  return fits
}
