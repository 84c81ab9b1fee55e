import type { Settings } from './settings.ts'

/** Codes that never end; an app has so many of them for ever. */
export interface PermanentCodes {
  take: (appid: string) => boolean
}

export const createPermanentCodes = (settings: () => Settings): PermanentCodes => {
  const used = new Map<string, number>()

  return {
    take: (appid) => {
      const count = used.get(appid) ?? 0
      if (count >= settings().permanentCodes) return false
      used.set(appid, count + 1)

      return true
    },
  }
}
