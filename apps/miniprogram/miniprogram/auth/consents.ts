import type { ConsentsResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'

/** How many reminders of each kind the user has agreed to. */
export const loadConsents = async (): Promise<ConsentsResult> =>
  (await request(api.consents, 'GET')).data

/** Tells the server what the user has just accepted. */
export const reportConsents = async (accepted: string[]): Promise<ConsentsResult> =>
  (await request(api.consents, 'POST', { data: { accepted } })).data
