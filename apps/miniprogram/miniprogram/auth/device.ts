import { withDeadline } from '../utils/promise'
import { read, remove, write } from '../utils/storage'

const KEY = 'deviceId'
const SHAPE = /^[A-Za-z0-9_-]{8,64}$/

let made: Promise<string> | undefined

/**
 * A random name for this installation, so that signing in again ends its last session. It tells
 * nothing about the phone, proves nothing, and therefore stays when somebody logs out. It goes with a
 * closed account, since it would tell whose the next one is.
 */
export const deviceId = (): Promise<string> => {
  const stored = read(KEY)
  if (typeof stored === 'string' && SHAPE.test(stored)) return Promise.resolve(stored)
  if (!made) made = makeId()

  return made
}

/** The next sign-in is that of another installation, as far as anybody can tell. */
export const forgetDevice = (): void => remove(KEY)

/** What the list of devices shows, e.g. `iPhone 15 Pro`; `undefined` when WeChat does not say. */
export const deviceName = (): string | undefined => {
  try {
    return printable(wx.getDeviceInfo().model) || undefined
  } catch {
    return undefined
  }
}

const makeId = async () => {
  const bytes = await randomBytes()
  const id = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  write(KEY, id)
  made = undefined

  return id
}

const randomBytes = (): Promise<number[]> =>
  withDeadline<number[]>(1000, Error, (resolve, reject) => {
    wx.getRandomValues({
      length: 16,
      success: ({ randomValues }) => resolve(Array.from(new Uint8Array(randomValues))),
      fail: reject,
    })
    // Absent before base library 2.15.0. Not a secret, so Math.random may stand in.
  }).catch(() => Array.from({ length: 16 }, () => Math.floor(Math.random() * 256)))

/** Controls, zero-width and bidi characters, and halves of surrogate pairs: first and last of each. */
const INVISIBLE = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe0fff],
] as const

// Not by a regular expression with \p{…}: old phones refuse to load the whole file because of it.
const isVisible = (char: string): boolean => {
  const code = char.codePointAt(0) ?? 0

  return INVISIBLE.every(([first, last]) => code < first || code > last)
}

/** iPhones add their part number, `iPhone 15 Pro<iPhone16,1>`; the API refuses control characters. */
const printable = (model: string): string =>
  Array.from(model.replace(/<.*$/, '')).filter(isVisible).slice(0, 64).join('').trim()
