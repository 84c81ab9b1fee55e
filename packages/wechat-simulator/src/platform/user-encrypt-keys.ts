import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

/** A key for the encrypted channel between one person's client and the app's server. */
export interface UserEncryptKey {
  encryptKey: string
  iv: string
  version: number
  createdAt: number
  expiresAt: number
}

/** The same key as the client gets it: `expireTime` in seconds since 1970. */
export type ClientKey = Pick<UserEncryptKey, 'encryptKey' | 'iv' | 'version'> & {
  expireTime: number
}

export interface UserEncryptKeys {
  /** The key to use now; a new one when the last has ended. */
  latest: (appid: string, person: string) => UserEncryptKey
  /** The last three, newest first. */
  recent: (appid: string, person: string) => UserEncryptKey[]
}

const KEPT = 3

export const createUserEncryptKeys = (clock: Clock, settings: () => Settings): UserEncryptKeys => {
  const keys = new Map<string, UserEncryptKey[]>()

  const latest = (appid: string, person: string) => {
    const known = keys.get(`${appid}\n${person}`) ?? []
    const [newest] = known
    if (newest && newest.expiresAt > clock.now()) return newest
    const key = {
      encryptKey: randomBytes(16).toString('base64'),
      iv: randomBytes(8).toString('hex'),
      version: (newest?.version ?? 0) + 1,
      createdAt: clock.now(),
      expiresAt: clock.now() + settings().userEncryptKeyTtlMs,
    }
    keys.set(`${appid}\n${person}`, [key, ...known].slice(0, KEPT))

    return key
  }

  return {
    latest,
    recent: (appid, person) => {
      latest(appid, person)
      return keys.get(`${appid}\n${person}`) ?? []
    },
  }
}
