import type { ApiSecurity } from '../api-security/api-security.ts'
import { checkApiSecurity } from '../api-security/api-security.ts'
import type { PushTarget } from '../push/push-target.ts'

/** A mini-program as registered with WeChat. */
export interface App {
  readonly appid: string
  readonly secret: string
  /** The Open Platform account it is bound to; its people then have a unionid. */
  readonly openPlatform?: string
  /** Addresses that may ask for an access_token; any other address gets 40164. */
  readonly ipWhitelist?: readonly string[]
  /** The secret was frozen by an administrator (40243). */
  readonly secretFrozen?: boolean
  /** The answer to a call for a token: 89503, 89506, 89507 of its administrator, 50004 … */
  readonly tokenRefusal?: number
  /** The account is frozen or closed (50002; 50007 when it asks for a token). */
  readonly banned?: boolean
  /** Paths this kind of account may not call (48001). */
  readonly deniedPaths?: readonly string[]
  /** Paths that were taken from it because it broke a rule (48004). */
  readonly forbiddenPaths?: readonly string[]
  /** Published pages; any page is accepted when they are not given. */
  readonly pages?: readonly string[]
  /** No version of it is online yet: codes and links to it are refused. */
  readonly unpublished?: boolean
  /** Phone numbers its getPhoneNumber buttons may still ask for at the start. */
  readonly phoneQuota?: number
  /** The same for its getRealtimePhoneNumber buttons. */
  readonly realtimePhoneQuota?: number
  /** The privacy agreement: data it declares; every scope when it is not given. */
  readonly privacyScopes?: readonly string[]
  /** It may no longer call APIs that need consent. */
  readonly privacyBanned?: boolean
  /** It may not ask for subscriptions (20005), nor send by them (43107). */
  readonly subscribeBanned?: boolean
  /** Where its messages are pushed to. */
  readonly push?: PushTarget
  /** Keys to sign and encrypt calls with. */
  readonly apiSecurity?: ApiSecurity
}

export interface Apps {
  /** Registers an app, or replaces the one of that appid. Throws an ApiSecurityError. */
  put: (app: App) => App
  get: (appid: string) => App | undefined
  list: () => App[]
}

export const createApps = (initial: readonly App[]): Apps => {
  const byAppid = new Map(initial.map((app) => [app.appid, checked(app)]))

  return {
    put: (app) => {
      byAppid.set(app.appid, checked(app))
      return app
    },
    get: (appid) => byAppid.get(appid),
    list: () => [...byAppid.values()],
  }
}

const checked = (app: App): App => {
  if (app.apiSecurity) checkApiSecurity(app.apiSecurity)
  return app
}
