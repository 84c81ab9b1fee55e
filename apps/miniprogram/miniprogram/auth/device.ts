import { randomBytes } from '../utils/random'
import { read, remove, write } from '../utils/storage'

const KEY = 'deviceId'
const SHAPE = /^[A-Za-z0-9_-]{8,64}$/

let pending: Promise<string> | undefined

/**
 * A random id of this installation: signing in again with it ends the previous session. It says
 * nothing about the phone and proves nothing, so that it may stay after log-out. It is removed with
 * a closed account, since it would link the next account to that one.
 */
export const deviceId = (): Promise<string> => {
  const stored = read(KEY)
  if (typeof stored === 'string' && SHAPE.test(stored)) return Promise.resolve(stored)
  if (!pending) pending = createId()

  return pending
}

/** The next sign-in gets a new id. */
export const forgetDevice = (): void => remove(KEY)

/** The name in the list of devices, e.g. `iPhone 15 Pro`; `undefined` where WeChat tells none. */
export const deviceName = (): string | undefined => {
  try {
    return printable(wx.getDeviceInfo().model) || undefined
  } catch {
    return undefined
  }
}

const createId = async () => {
  const bytes = await randomBytes()
  const id = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  write(KEY, id)
  pending = undefined

  return id
}

/** First and last code point of each range: controls, zero-width, bidi, lone surrogates, tags. */
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

// Not by a regular expression with \p{…}, which makes old phones refuse the whole file.
const isVisible = (char: string): boolean => {
  const code = char.codePointAt(0) ?? 0

  return INVISIBLE.every(([first, last]) => code < first || code > last)
}

/** iPhones add a part number, `iPhone 15 Pro<iPhone16,1>`; the API refuses control characters. */
const printable = (model: string): string =>
  Array.from(model.split('<')[0] ?? '')
    .filter(isVisible)
    .slice(0, 64)
    .join('')
    .trim()
