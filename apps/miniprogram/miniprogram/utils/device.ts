import { withDeadline } from './promise'
import { read, write } from './storage'

const KEY = 'deviceId'
const SHAPE = /^[A-Za-z0-9_-]{8,64}$/

let made: Promise<string> | undefined

/**
 * A random name for this installation, so that signing in again ends its last session. It tells
 * nothing about the phone, proves nothing, and therefore stays when somebody logs out.
 */
export const deviceId = (): Promise<string> => {
  const stored = read(KEY)
  if (typeof stored === 'string' && SHAPE.test(stored)) return Promise.resolve(stored)
  if (!made) made = makeId()

  return made
}

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

/** iPhones add their part number, `iPhone 15 Pro<iPhone16,1>`; the API refuses control characters. */
const printable = (model: string): string =>
  Array.from(model.replace(/<.*$/, ''))
    .filter((char) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(char))
    .slice(0, 64)
    .join('')
    .trim()
