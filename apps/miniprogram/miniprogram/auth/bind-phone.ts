import type { BindPhoneRequest, BindPhoneResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'

/**
 * Binds the phone number that WeChat verified. Requires a recent sign-in, which is renewed silently
 * before the same code is sent again: the API checks the session before it spends the code.
 */
export const bindPhone = async (data: BindPhoneRequest): Promise<BindPhoneResult> =>
  (await request(api.bindPhone, 'POST', { data })).data
