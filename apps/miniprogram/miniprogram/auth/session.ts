import type { UserInfo } from '@oa/contracts'
import { apiBase, envVersion } from '../config/env'
import { read, remove, write } from '../utils/storage'

export type Session = {
  token: string
  /** Instant at which the token ends; `undefined` when the server prolonged it without saying. */
  tokenExpire: string | undefined
  /** The last profile that the server told; `undefined` when storage lost it. */
  userInfo: UserInfo | undefined
}

type Listener = () => void

const listeners = new Set<Listener>()
let generation = 0
let signIns = 0

/** Grows whenever a session is given up, so that a sign-in that is still under way can notice. */
export const sessionGeneration = (): number => generation

/** Grows with every sign-in; a token that is only prolonged counts for nothing. */
export const timesSignedIn = (): number => signIns

/** Who is signed in here, or `undefined`. A token of another environment is cleared, never sent. */
export const readSession = (): Session | undefined => {
  const token = read('token')
  if (typeof token !== 'string' || token === '') return undefined
  if (read('tokenBase') !== environment()) {
    clear()
    return undefined
  }
  const tokenExpire = read('tokenExpire')
  const userInfo = read('userInfo')

  return {
    token,
    tokenExpire: typeof tokenExpire === 'string' ? tokenExpire : undefined,
    userInfo: isUserInfo(userInfo) ? userInfo : undefined,
  }
}

export const saveSession = (session: Session & { userInfo: UserInfo }): void => {
  signIns += 1
  write('token', session.token)
  write('tokenExpire', session.tokenExpire)
  write('tokenBase', environment())
  write('userInfo', session.userInfo)
  tell()
}

/** Takes the token that the server gave in exchange for `old`, unless `old` was given up meanwhile. */
export const renewToken = (old: string, fresh: string): void => {
  if (readSession()?.token !== old) return
  write('token', fresh)
  remove('tokenExpire')
}

/** Keeps the profile that the server told for the session `token`, to be shown at once next time. */
export const saveUserInfo = (userInfo: UserInfo): void => {
  if (!readSession()) return
  write('userInfo', userInfo)
  tell()
}

/** Removes everything that tells who was signed in. */
export const forgetSession = (): void => {
  generation += 1
  clear()
  tell()
}

/** Calls `listener` after every change until the returned function is called. */
export const onSessionChange = (listener: Listener): (() => void) => {
  listeners.add(listener)

  return () => {
    listeners.delete(listener)
  }
}

const environment = () => `${envVersion()} ${apiBase()}`

const clear = () => {
  for (const key of ['token', 'tokenExpire', 'tokenBase', 'userInfo', 'closing']) remove(key)
}

const tell = () => {
  for (const listener of [...listeners]) listener()
}

const isUserInfo = (value: unknown): value is UserInfo =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as UserInfo).nickName === 'string' &&
  typeof (value as UserInfo).avatarUrl === 'string'
