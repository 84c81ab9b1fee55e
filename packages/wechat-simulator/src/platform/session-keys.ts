import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

export interface SessionKey {
  /** base64 of 16 random bytes. */
  value: string
  createdAt: number
  expiresAt: number
}

/** One valid session_key for each person and app. */
export interface SessionKeys {
  /** What wx.login does: keeps a young key, replaces an older or ended one. */
  login: (appid: string, person: string) => SessionKey
  /** The key that is valid now; use prolongs it. */
  use: (appid: string, person: string) => SessionKey | undefined
  /** The key that is valid now, left as it is. */
  peek: (appid: string, person: string) => SessionKey | undefined
  /** Replaces a valid key by another one that ends when it would have. */
  reset: (appid: string, person: string) => SessionKey | undefined
  /** Ends the key, as WeChat does of its own accord. */
  end: (appid: string, person: string) => void
}

export const createSessionKeys = (clock: Clock, settings: () => Settings): SessionKeys => {
  const keys = new Map<string, SessionKey>()
  const idOf = (appid: string, person: string) => `${appid}\n${person}`

  const peek = (appid: string, person: string) => {
    const key = keys.get(idOf(appid, person))
    return key && key.expiresAt > clock.now() ? key : undefined
  }

  return {
    peek,
    login: (appid, person) => {
      const now = clock.now()
      const current = peek(appid, person)
      if (current && now - current.createdAt < settings().sessionKeyMinRefreshMs) return current

      const key = {
        value: newKey(),
        createdAt: now,
        expiresAt: now + settings().sessionKeyTtlMs,
      }
      keys.set(idOf(appid, person), key)

      return key
    },
    reset: (appid, person) => {
      const key = peek(appid, person)
      if (key) Object.assign(key, { value: newKey(), createdAt: clock.now() })

      return key
    },
    end: (appid, person) => {
      keys.delete(idOf(appid, person))
    },
    use: (appid, person) => {
      const key = peek(appid, person)
      if (key) key.expiresAt = clock.now() + settings().sessionKeyTtlMs

      return key
    },
  }
}

const newKey = () => randomBytes(16).toString('base64')
