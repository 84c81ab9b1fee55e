import type { AttendanceStatus, CheckInWay, MeetingPerson } from '@oa/contracts'
import { fillIn, messages } from '../i18n/index'
import { clockText } from './when'

const { checkIn } = messages

export const statusName = (status: AttendanceStatus): string =>
  ({
    present: checkIn.present,
    late: checkIn.late,
    on_leave: checkIn.on_leave,
    absent: checkIn.absent,
    unknown: checkIn.unknown,
  })[status]

/**
 * When somebody checked in, and whether in time, e.g. `已签到 09:58 · 准时`. When somebody was recorded by
 * hand says nothing about when they came.
 */
export const checkedInText = (
  at: string,
  status: AttendanceStatus | null,
  way: CheckInWay | null = 'code',
): string =>
  way === 'hand'
    ? checkIn.present
    : [
        fillIn(checkIn.doneAt, { time: clockText(at) }),
        status === 'late' ? checkIn.late : checkIn.onTime,
      ].join(' · ')

/** Who recorded by hand that somebody is there or is not, and why; empty for a code. */
export const byHandText = ({ checkInWay, checkInBy, checkInReason }: MeetingPerson): string => {
  if (checkInWay !== 'hand' && checkInWay !== 'undone') return ''
  const text = checkInWay === 'hand' ? checkIn.byHand : checkIn.undone

  return fillIn(text, { name: checkInBy ?? '', reason: checkInReason ?? '' })
}

/** Opens the scanner's page; `id` is of the meeting that is looked at, if one is. */
export const openCheckIn = (id = ''): void => {
  const query = id ? `&id=${encodeURIComponent(id)}` : ''
  wx.navigateTo({ url: `/pages/meeting/check_in/check_in?scan=1${query}` })
}

export const openCode = (id: string): void => {
  wx.navigateTo({ url: `/packages/meeting/code/code?id=${encodeURIComponent(id)}` })
}
