import type { SessionInfo } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'

/** The user's sessions on all devices, this one included. */
export const loadSessions = async (): Promise<SessionInfo[]> =>
  (await request(api.sessions, 'GET')).data.sessions

/** Ends a session on another device. */
export const endSession = async (id: string): Promise<void> => {
  await request(api.session, 'DELETE', { params: { id } })
}
