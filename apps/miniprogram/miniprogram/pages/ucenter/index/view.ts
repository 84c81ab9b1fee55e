import type { SessionInfo, UserIndexResult } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { levelName } from '../../../ui/level'
import { localDate, localDateTime } from '../../../utils/time'

export type Device = { id: string; name: string; seen: string; current: boolean }

/** The page's data without a signed-in user. */
export const EMPTY = {
  userInfo: null,
  mobile: '',
  level: '',
  memberSince: '',
  lastLogin: '',
  devices: [],
  isLoaded: false,
  failure: null,
}

/** What the page shows about the user; this device is the first. */
export const toView = (profile: UserIndexResult, sessions: SessionInfo[]) => ({
  userInfo: profile.userInfo,
  mobile: profile.mobile ?? '',
  level: levelName(profile.userLevel),
  memberSince: localDate(profile.memberSince),
  lastLogin: localDateTime(profile.lastLoginAt),
  devices: sessions.map(toDevice).sort((a, b) => Number(b.current) - Number(a.current)),
})

const toDevice = ({ id, deviceName, lastSeenAt, current }: SessionInfo): Device => ({
  id,
  current,
  name: deviceName || messages.ucenter.unknownDevice,
  seen: localDateTime(lastSeenAt),
})
