import type { Settings } from './settings.ts'

/** What an app has only so many of, for ever. */
export interface CodeLimits {
  /** Takes a code of getwxacode or createwxaqrcode; tells whether there was one left. */
  takeCode: (appid: string) => boolean
  /** Names a page that getwxacodeunlimit need not look for; tells whether there may be one more. */
  takePage: (appid: string, page: string) => boolean
}

export const createCodeLimits = (settings: () => Settings): CodeLimits => {
  const codes = new Map<string, number>()
  const pages = new Map<string, Set<string>>()

  return {
    takeCode: (appid) => {
      const count = codes.get(appid) ?? 0
      if (count >= settings().permanentCodes) return false
      codes.set(appid, count + 1)

      return true
    },
    takePage: (appid, page) => {
      const known = pages.get(appid) ?? new Set()
      if (!known.has(page) && known.size >= settings().uncheckedPages) return false
      pages.set(appid, known.add(page))

      return true
    },
  }
}
