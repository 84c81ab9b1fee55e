// WeChat gives 10 MB to a person; a full or broken storage throws in the middle of a sign-in.
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
const memory = new Map<string, unknown>()

/** What was stored, or `undefined`. The caller checks the type: storage may hold anything. */
export const read = (key: string): unknown => {
  if (memory.has(key)) return memory.get(key)
  try {
    const value: unknown = wx.getStorageSync(key)
    return value === '' ? undefined : value
  } catch {
    return undefined
  }
}

/** Never throws: what the phone refuses to store lives until the mini-program is closed. */
export const write = (key: string, value: unknown): void => {
  try {
    wx.setStorageSync(key, value)
    memory.delete(key)
  } catch {
    memory.set(key, value)
    discard(key)
  }
}

/** Never throws, and nothing of it can be read afterwards. */
export const remove = (key: string): void => {
  memory.delete(key)
  if (!discard(key)) memory.set(key, undefined)
}

/** An old value must not come back at the next start in place of the one that was refused. */
const discard = (key: string): boolean => {
  try {
    wx.removeStorageSync(key)
    return true
  } catch {
    return false
  }
}
