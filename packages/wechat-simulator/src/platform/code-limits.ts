import type { Settings } from './settings.ts'

/** Limits of an app that are never reset. */
export interface CodeLimits {
  /** Takes a code of getwxacode or createwxaqrcode; false when none is left. */
  takeCode: (appid: string) => boolean
  /** Records a page that getwxacodeunlimit does not check; false when there are too many. */
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
