import type { PersonalDataResult, UserIndexResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'
import { saveUserInfo } from './session'

/** What the personal centre shows. The profile is stored for the next start. */
export const loadProfile = async (): Promise<UserIndexResult> => {
  const { data } = await request(api.userIndex, 'GET')
  saveUserInfo(data.userInfo)

  return data
}

/** All data that is kept about the user. Requires a recent sign-in, which is renewed silently. */
export const loadPersonalData = async (): Promise<PersonalDataResult> =>
  (await request(api.userData, 'GET')).data
