import { Pool } from 'undici'
import type { Call, Headers } from './load.ts'
import { exchange } from './load.ts'
import type { Credential, Server } from './servers.ts'

/** Few enough that a small load reads each again within the second that a lease lasts without Redis. */
const READERS = 20

let drawn = 0

/** One of `count` people signs in. */
export const signInOf = (index: number, count: number, device = 'phone'): Call => {
  const person = index % count
  return {
    method: 'POST',
    path: '/wx/auth/login_by_weixin',
    // WeChat takes a code once, and so does the API: what follows the tilde makes it another.
    body: { code: `e2e-person${person}~${drawn++}`, deviceId: `bench-${device}-${person}` },
  }
}

export const eachInTurn = (callOf: (index: number) => Call) => {
  let index = 0
  return () => callOf(index++)
}

/** What a client sends to show who it is, one for each reader. */
export const signInReaders = async (
  url: string,
  { credential }: Pick<Server, 'credential'>,
): Promise<Headers[]> => {
  if (credential === 'none') return [{}]
  const pool = new Pool(url, { connections: 8 })
  try {
    return await Promise.all(
      Array.from({ length: READERS }, async (_, index) => {
        // On a device of its own, so that signing in again ends none of these.
        const { data, cookies } = await exchange(pool, signInOf(index, READERS, 'reader'))
        return headersOf(credential, (data as { token: string }).token, cookies)
      }),
    )
  } finally {
    await pool.destroy()
  }
}

const headersOf = (credential: Credential, token: string, cookies: string[]): Headers => {
  if (credential === 'bearer') return { authorization: `Bearer ${token}` }
  if (credential === 'x-oa-token') return { 'x-oa-token': token }
  return { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }
}

export const readOf = (readers: Headers[]) =>
  eachInTurn((index): Call => {
    const headers = readers[index % readers.length] ?? {}
    return { method: 'GET', path: '/wx/auth/info', headers }
  })

type Profile = { nickName?: unknown }

/** Who signed in has a token and a profile. */
export const isSignedIn = (data: unknown): boolean => {
  const { token, userInfo } = (data ?? {}) as { token?: unknown; userInfo?: Profile }
  return typeof token === 'string' && token !== '' && isNamed(userInfo)
}

/** The API's profile stands beside the session. */
export const isProfile = (data: unknown): boolean => {
  const { userInfo, nickName } = (data ?? {}) as Profile & { userInfo?: Profile }
  return isNamed(userInfo ?? { nickName })
}

const isNamed = (profile: Profile | undefined) =>
  typeof profile?.nickName === 'string' && profile.nickName !== ''
