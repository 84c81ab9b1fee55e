import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../config/key-ring.ts'

/** How long a code is the newest one. The one before is accepted too, so none is older than twice this. */
export const WINDOW_MS = 5_000
const ACCEPTED_WINDOWS = 2

const KEY_BYTES = 32
const UUID_BYTES = 16
const WINDOW_BYTES = 4
const SIGNED_BYTES = UUID_BYTES + WINDOW_BYTES
const MAC_BYTES = 10
/** So that no other use of the same ring has the same keys. */
const PURPOSE = 'oa-mini check-in'
/** Thirty bytes: every text of this shape is exactly one value. */
const SHAPE = /^OA1\.([A-Za-z0-9_-]{40})$/

/** What a code says: of which meeting it is, and whether it may still be used. */
export type ReadCode = { meetingId: string; isCurrent: boolean }

export type CheckInCodes = ReturnType<typeof createCheckInCodes>

/**
 * Codes of which only this server can make one: `OA1.` and base64url of the meeting, the window of the
 * server's clock and a MAC of both. They need no storage, and no clock of a phone.
 */
export const createCheckInCodes = ({ current, all }: Pick<KeyRing, 'current' | 'all'>) => {
  const derive = (key: Buffer) => Buffer.from(hkdfSync('sha256', key, '', PURPOSE, KEY_BYTES))
  const currentKey = derive(current.key)
  const keys = all.map(({ key }) => derive(key))

  return {
    /** The code of the window that holds this instant. */
    draw(meetingId: string, now: number): string {
      const signed = Buffer.alloc(SIGNED_BYTES)
      signed.write(meetingId.replaceAll('-', ''), 'hex')
      signed.writeUInt32BE(windowOf(now), UUID_BYTES)
      return `OA1.${Buffer.concat([signed, macOf(currentKey, signed)]).toString('base64url')}`
    },

    /** Null for everything that this server did not make, and for codes of a time to come. */
    read(text: string, now: number): ReadCode | null {
      const [, encoded] = SHAPE.exec(text) ?? []
      if (encoded === undefined) return null
      const bytes = Buffer.from(encoded, 'base64url')
      const signed = bytes.subarray(0, SIGNED_BYTES)
      const mac = bytes.subarray(SIGNED_BYTES)
      if (!keys.some((key) => timingSafeEqual(macOf(key, signed), mac))) return null
      const age = windowOf(now) - signed.readUInt32BE(UUID_BYTES)
      if (age < 0) return null
      return { meetingId: uuidOf(signed), isCurrent: age < ACCEPTED_WINDOWS }
    },
  }
}

/** When the window of this instant began. */
export const windowStart = (now: number): number => windowOf(now) * WINDOW_MS

const windowOf = (now: number): number => Math.floor(now / WINDOW_MS)

const macOf = (key: Buffer, signed: Buffer): Buffer =>
  createHmac('sha256', key).update(signed).digest().subarray(0, MAC_BYTES)

const uuidOf = (bytes: Buffer): string =>
  bytes
    .toString('hex', 0, UUID_BYTES)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
