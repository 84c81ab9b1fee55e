import type { NewDevice as NewDeviceInfo, SessionInfo } from '@oa/contracts'
import type { PlaceOf } from '../infra/places.ts'
import type { NewDevice } from './new-device.ts'
import { deviceKeyOf } from './new-device.ts'
import type { Session } from './session.ts'
import { expiryOf } from './session.ts'

const placed = (placeOf: PlaceOf, ip: string) => {
  const place = placeOf(ip)
  return place === null ? { ip } : { ip, place }
}

/** A session as its owner sees it; `currentId` is the session that asks. */
export const toSessionInfo = (
  session: Session,
  currentId: string,
  placeOf: PlaceOf,
): SessionInfo => ({
  id: session.id,
  deviceName: session.deviceName,
  ...placed(placeOf, session.ip),
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: expiryOf(session).toISOString(),
  current: session.id === currentId,
})

/** A new device, with the one of the user's live sessions that is on it. */
export const toNewDevice = (
  { key, name, ip, at }: NewDevice,
  live: readonly Session[],
  placeOf: PlaceOf,
): NewDeviceInfo => ({
  deviceName: name,
  ...placed(placeOf, ip),
  at: at.toISOString(),
  sessionId: live.find((session) => deviceKeyOf(session) === key)?.id ?? null,
})
