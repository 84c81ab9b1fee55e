import type { BindPhoneRequest, BindPhoneResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'

/**
 * Binds the number that WeChat vouches for. A session that is too old a proof is renewed unseen, and
 * the same code sent again: the API looks at the session before it spends the code.
 */
export const bindPhone = async (data: BindPhoneRequest): Promise<BindPhoneResult> =>
  (await request(api.bindPhone, 'POST', { data })).data
