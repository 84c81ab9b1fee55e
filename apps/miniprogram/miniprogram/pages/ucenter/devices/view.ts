import type { SessionInfo } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { localDateTime } from '../../../utils/time'

export type Device = { id: string; name: string; seen: string; since: string; current: boolean }

/** The devices where the user is signed in; this one is the first. */
export const toDevices = (sessions: SessionInfo[]): Device[] =>
  sessions.map(toDevice).sort((a, b) => Number(b.current) - Number(a.current))

const toDevice = ({ id, deviceName, lastSeenAt, createdAt, current }: SessionInfo): Device => ({
  id,
  current,
  name: deviceName || messages.devices.unknown,
  seen: localDateTime(lastSeenAt),
  since: localDateTime(createdAt),
})
