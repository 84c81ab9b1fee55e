import type { ProfileResult, UpdateProfileRequest } from '@oa/contracts'
import { messages } from '../../../i18n/index'

/** What the page shows of a profile, and what the user has entered. */
export const toView = ({
  nickName,
  avatarUrl,
  gender,
  birthday,
  version,
  pictureState,
  notice,
}: ProfileResult) => ({
  nickName,
  avatarUrl,
  gender,
  birthday: birthday ?? '',
  version,
  isChecking: pictureState === 'checking',
  notice: notices()[notice],
  isLoaded: true,
  failure: null,
})

const { profile } = messages
const notices = () => ({
  none: '',
  name: profile.refusedName,
  picture: profile.refusedPicture,
})

type Entered = { nickName: string; gender: number; birthday: string }

/** The edit that makes the profile what was entered. */
export const toEdit = (
  { nickName, gender, birthday }: Entered,
  version: string,
): UpdateProfileRequest => ({
  version,
  nickName,
  gender: gender === 1 || gender === 2 ? gender : 0,
  birthday: birthday === '' ? null : birthday,
})
