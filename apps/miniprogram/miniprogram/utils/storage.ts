// WeChat limits storage to 10 MB a user. A full or broken storage throws, even during a sign-in, so
// that what cannot be stored is kept in memory.
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
const memory = new Map<string, unknown>()

/** The stored value, or `undefined`. Storage may hold anything: the caller checks the type. */
export const read = (key: string): unknown => {
  if (memory.has(key)) return memory.get(key)
  try {
    const value: unknown = wx.getStorageSync(key)
    return value === '' ? undefined : value
  } catch {
    return undefined
  }
}

/** Never throws. What the phone refuses to store is kept until the mini-program is closed. */
export const write = (key: string, value: unknown): void => {
  try {
    wx.setStorageSync(key, value)
    memory.delete(key)
  } catch {
    memory.set(key, value)
    discard(key)
  }
}

/** Never throws. The value cannot be read afterwards, even where the phone refuses to remove it. */
export const remove = (key: string): void => {
  memory.delete(key)
  if (!discard(key)) memory.set(key, undefined)
}

/** After a refused write, the old value must not come back at the next start. */
const discard = (key: string): boolean => {
  try {
    wx.removeStorageSync(key)
    return true
  } catch {
    return false
  }
}

/** What the mini-program needs to go on: who is signed in, on which device, and what was chosen. */
const KEPT = [
  'token',
  'tokenExpire',
  'tokenBase',
  'closing',
  'deviceId',
  'agreement',
  'language',
  'apiBase',
]

/** Removes what can be loaded again. Never throws. */
export const clearCache = (): void => {
  for (const key of storedKeys()) if (KEPT.indexOf(key) < 0) remove(key)
}

const storedKeys = (): string[] => {
  try {
    return wx.getStorageInfoSync().keys
  } catch {
    return []
  }
}
