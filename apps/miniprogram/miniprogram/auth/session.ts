import type { UserInfo } from '@oa/contracts'
import { apiBase, envVersion } from '../config/env'
import { read, remove, write } from '../utils/storage'

export type Session = {
  token: string
  /** When the token expires; `undefined` after a prolongation, which comes without it. */
  tokenExpire: string | undefined
  /** The last profile from the server; `undefined` when the storage lost it. */
  userInfo: UserInfo | undefined
}

type Listener = () => void

/** What is kept of a company for times without a network is its business. */
const LISTS = ['meetings', 'votes']

const listeners = new Set<Listener>()
let generation = 0
let signIns = 0

/** Grows whenever the session is forgotten, so that a sign-in in flight can notice. */
export const sessionGeneration = (): number => generation

/** The number of sign-ins since the start; the prolongation of a token does not count. */
export const signInCount = (): number => signIns

/** The session on this device, or `undefined`. Removes a token of another environment. */
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
  notify()
}

/** Stores the token that prolongs `old`, unless `old` was replaced or forgotten meanwhile. */
export const replaceToken = (old: string, prolonged: string): void => {
  if (readSession()?.token !== old) return
  write('token', prolonged)
  remove('tokenExpire')
}

/** Stores the profile from the server; the next start shows it before the server answers. */
export const saveUserInfo = (userInfo: UserInfo): void => {
  if (!readSession()) return
  write('userInfo', userInfo)
  notify()
}

/** Removes everything about the user who was signed in. */
export const forgetSession = (): void => {
  generation += 1
  clear()
  notify()
}

/** As far as this phone knows: the server would refuse its token. */
export const isExpired = ({ tokenExpire }: Pick<Session, 'tokenExpire'>): boolean =>
  tokenExpire !== undefined && Date.parse(tokenExpire) <= Date.now()

/** Calls `listener` after every change until the returned function is called. */
export const onSessionChange = (listener: Listener): (() => void) => {
  listeners.add(listener)

  return () => {
    listeners.delete(listener)
  }
}

const environment = () => `${envVersion()} ${apiBase()}`

const clear = () => {
  for (const key of ['token', 'tokenExpire', 'tokenBase', 'userInfo', 'closing', ...LISTS]) {
    remove(key)
  }
}

const notify = () => {
  for (const listener of [...listeners]) listener()
}

const isUserInfo = (value: unknown): value is UserInfo =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as UserInfo).nickName === 'string' &&
  typeof (value as UserInfo).avatarUrl === 'string'
