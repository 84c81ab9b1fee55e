import type { MeetingCounts, UserIndexResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { levelName } from '../../../ui/level'
import type { ShownMembership } from '../../../ui/member'
import { toShownMembership } from '../../../ui/member'

const { ucenter } = messages

/** The page's data without a signed-in user. */
export const EMPTY = {
  userInfo: null,
  mobile: '',
  level: '',
  deviceCount: '',
  notice: '',
  meetingCounts: null as MeetingCounts | null,
  memberships: [] as ShownMembership[],
  isLoaded: false,
  failure: null,
}

const notices = () => ({ none: '', name: ucenter.noticeName, picture: ucenter.noticePicture })

/** What the page shows about the user. */
export const toView = ({
  userInfo,
  mobile,
  userLevel,
  deviceCount,
  notice,
  meetingCounts,
  memberships,
}: UserIndexResult) => ({
  userInfo,
  meetingCounts,
  mobile: mobile ?? '',
  level: levelName(userLevel),
  deviceCount: fillIn(ucenter.deviceCount, { count: deviceCount }),
  notice: notices()[notice],
  memberships: memberships.map(toShownMembership),
})
