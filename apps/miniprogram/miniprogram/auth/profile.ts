import type { PersonalDataResult, UserIndexResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'
import { saveUserInfo } from './session'

/** What the personal centre shows; the profile is kept for the next start. */
export const loadProfile = async (): Promise<UserIndexResult> => {
  const { data } = await request(api.userIndex, 'GET')
  saveUserInfo(data.userInfo)

  return data
}

/** Everything that is kept about the person. A session that is too old a proof is renewed unseen. */
export const loadPersonalData = async (): Promise<PersonalDataResult> =>
  (await request(api.userData, 'GET')).data
