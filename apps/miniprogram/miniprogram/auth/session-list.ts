import type { SessionsResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'

/** The user's sessions on all devices, this one included, and the new ones that were not seen yet. */
export const loadSessions = async (): Promise<SessionsResult> =>
  (await request(api.sessions, 'GET')).data

/** The user has seen the new devices until the instant of the newest one. */
export const seeNewDevices = async (until: string): Promise<void> => {
  await request(api.newDevicesSeen, 'POST', { data: { until } })
}

/** Ends a session on another device. */
export const endSession = async (id: string): Promise<void> => {
  await request(api.session, 'DELETE', { params: { id } })
}
