import { createHash } from 'node:crypto'
import type { Session } from './session.ts'

/** A sign-in on a device that was not known, until the user has seen it on another one. */
export type NewDevice = {
  key: string
  name: string
  ip: string
  at: Date
  /** Another new device has seen it. */
  hidden: boolean
}

/** What two sessions on one device share: the id that it names itself by, or else its user agent. */
export const deviceKeyOf = ({ deviceId, userAgent }: Pick<Session, 'deviceId' | 'userAgent'>) =>
  // A colon stands in no id of a device.
  deviceId ?? `ua:${createHash('sha256').update(userAgent).digest('base64url')}`

/**
 * Those that a device is shown. None sees itself, and a new one only those that are newer still: else a
 * stranger could clear the traces that the owner is to find.
 */
export const visibleTo = (key: string, all: readonly NewDevice[]): NewDevice[] => {
  const own = all.find((one) => one.key === key)
  return own === undefined ? [...all] : all.filter(({ at, hidden }) => at > own.at && !hidden)
}

/** Whether that device is one that the user has not yet seen from a known one. */
export const isAmong = (key: string, all: readonly NewDevice[]): boolean =>
  all.some((one) => one.key === key)
