import { withDeadline } from './promise'

export const randomBytes = (): Promise<number[]> =>
  withDeadline<number[]>(1000, Error, (resolve, reject) => {
    wx.getRandomValues({
      length: 16,
      success: ({ randomValues }) => resolve(Array.from(new Uint8Array(randomValues))),
      fail: reject,
    })
    // Absent before base library 2.15.0. What is drawn is no secret, so that Math.random can stand in.
  }).catch(() => Array.from({ length: 16 }, () => Math.floor(Math.random() * 256)))

/** A UUID by which the server knows a request that is sent again. */
export const drawId = async (): Promise<string> => {
  const bytes = (await randomBytes()).map((byte, index) => {
    // RFC 9562: version 4, and the variant.
    if (index === 6) return (byte & 0x0f) | 0x40
    return index === 8 ? (byte & 0x3f) | 0x80 : byte
  })
  const text = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(text) ?? []

  return parts.join('-')
}
