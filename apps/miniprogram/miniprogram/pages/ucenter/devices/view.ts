import type { NewDevice, Place, SessionInfo, SessionsResult } from '@oa/contracts'
import { fillIn, language, messages } from '../../../i18n/index'
import { localDateTime } from '../../../utils/time'

const { devices } = messages

export type Device = {
  id: string
  name: string
  seen: string
  since: string
  /** Empty where the server cannot tell. */
  place: string
  current: boolean
  isNew: boolean
}

/** A device that signed in for the first time, and may be gone again. */
export type NewArrival = { at: string; name: string; text: string; isGone: boolean }

/** The devices where the user is signed in; this one is the first. */
export const toDevices = ({ sessions, newDevices }: SessionsResult): Device[] =>
  sessions
    .map((session) => toDevice(session, newDevices))
    .sort((a, b) => Number(b.current) - Number(a.current))

const placeText = (place: Place | undefined): string =>
  place === undefined ? '' : place[language() === 'en' ? 'en' : 'zh']

const toDevice = (
  { id, deviceName, place, lastSeenAt, createdAt, current }: SessionInfo,
  newDevices: NewDevice[],
): Device => ({
  id,
  current,
  name: deviceName || devices.unknown,
  seen: localDateTime(lastSeenAt),
  since: localDateTime(createdAt),
  place: placeText(place),
  isNew: newDevices.some(({ sessionId }) => sessionId === id),
})

export const toNewArrivals = ({ newDevices }: SessionsResult): NewArrival[] =>
  newDevices.map(({ at, deviceName, ip, place, sessionId }) => ({
    at,
    name: deviceName || devices.unknown,
    text: fillIn(place ? devices.newAtPlace : devices.newAt, {
      at: localDateTime(at),
      ip,
      place: placeText(place),
    }),
    isGone: sessionId === null,
  }))
