import type {
  PersonalDataResult,
  ProfileResult,
  UpdateProfileRequest,
  UserIndexResult,
} from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'
import { saveUserInfo } from './session'
import { exchangeWithRenewal } from './silent-renewal'

/** What the personal centre shows. The profile is stored for the next start. */
export const loadProfile = async (): Promise<UserIndexResult> => {
  const { data } = await request(api.userIndex, 'GET')
  saveUserInfo(data.userInfo)

  return data
}

/** The profile as it can be edited. */
export const loadOwnProfile = async (): Promise<ProfileResult> =>
  keep((await request(api.profile, 'GET')).data)

/** Rejects with STALE when the profile was changed since `version` was loaded. */
export const saveProfile = async (data: UpdateProfileRequest): Promise<ProfileResult> =>
  keep((await request(api.profile, 'POST', { data })).data)

/** `filePath` is a temporary file, such as chooseAvatar gives. */
export const uploadPicture = async (filePath: string): Promise<ProfileResult> => {
  const call = { path: api.avatar, method: 'POST', data: undefined, filePath } as const

  return keep((await exchangeWithRenewal<ProfileResult>(call)).data)
}

/** All data that is kept about the user. Requires a recent sign-in, which is renewed silently. */
export const loadPersonalData = async (): Promise<PersonalDataResult> =>
  (await request(api.userData, 'GET')).data

const keep = (profile: ProfileResult): ProfileResult => {
  const { nickName, avatarUrl, gender } = profile
  saveUserInfo({ nickName, avatarUrl, gender })

  return profile
}
