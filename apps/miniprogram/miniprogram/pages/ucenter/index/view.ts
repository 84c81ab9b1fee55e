import type { UserIndexResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { levelName } from '../../../ui/level'

const { ucenter } = messages

/** The page's data without a signed-in user. */
export const EMPTY = {
  userInfo: null,
  mobile: '',
  level: '',
  deviceCount: '',
  notice: '',
  isLoaded: false,
  failure: null,
}

const NOTICES = { none: '', name: ucenter.noticeName, picture: ucenter.noticePicture }

/** What the page shows about the user. */
export const toView = ({ userInfo, mobile, userLevel, deviceCount, notice }: UserIndexResult) => ({
  userInfo,
  mobile: mobile ?? '',
  level: levelName(userLevel),
  deviceCount: fillIn(ucenter.deviceCount, { count: deviceCount }),
  notice: NOTICES[notice],
})
