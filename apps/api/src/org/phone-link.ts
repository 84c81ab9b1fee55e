import { createHmac, hkdfSync } from 'node:crypto'
import type { KeyRing } from '../config/key-ring.ts'

const KEY_BYTES = 32
const PURPOSE = 'oa-mini roster phone'
const LAST_DIGITS = 4

/** What is kept of a number on a roster. */
export type PhoneLink = { phoneHash: string; phoneLast4: string }

export type PhoneLinks = ReturnType<typeof createPhoneLinks>

/**
 * Keyed hashes of the numbers of a roster, different for each company: nobody who reads the table has a
 * phone book, or sees who is in two companies. Those under an older key are still found.
 */
export const createPhoneLinks = (keys: KeyRing) => {
  const derived = keys.all.map(({ key }) =>
    Buffer.from(hkdfSync('sha256', key, '', PURPOSE, KEY_BYTES)),
  )
  const hashes = (orgPublicId: string, phone: string) =>
    derived.map((key) => createHmac('sha256', key).update(`${orgPublicId}:${phone}`).digest('hex'))

  return {
    /** `phone` as it is bound: country code, hyphen, number. */
    link: (orgPublicId: string, phone: string): PhoneLink => ({
      phoneHash: hashes(orgPublicId, phone)[0] ?? '',
      phoneLast4: phone.slice(-LAST_DIGITS),
    }),
    /** All hashes under which the number may be kept. */
    candidates: hashes,
  }
}
