import type { ApiSecurityView } from '../api-security/api-security.ts'
import { viewApiSecurity } from '../api-security/api-security.ts'
import type { App } from '../platform/apps.ts'
import type { Person } from '../platform/people.ts'
import { openidOf, unionidOf } from '../platform/people.ts'
import type { Platform } from '../platform/platform.ts'
import { ControlError } from './control-error.ts'
import type {
  AppChange,
  CheckSessionRequest,
  LoginRequest,
  PageViewRequest,
} from './schemas/index.ts'

/** An app without its secrets. */
export type AppView = Omit<App, 'secret' | 'push' | 'apiSecurity'> & {
  pushUrl?: string
  apiSecurity?: ApiSecurityView
}

/** A person and who they are to each app; `sessionKeySince` (ms) when a session_key is valid. */
export interface PersonView {
  name: string
  highRisk: boolean
  phone: string
  apps: Record<string, { openid: string; unionid?: string; sessionKeySince?: number }>
}

/** What wx.checkSession answers. */
export interface CheckSessionResult {
  ok: boolean
  errMsg: string
}

export const viewApp = ({ secret: _secret, push, apiSecurity, ...app }: App): AppView => ({
  ...app,
  ...(push && { pushUrl: push.url }),
  ...(apiSecurity && { apiSecurity: viewApiSecurity(apiSecurity) }),
})

/** Changes the given fields of an app. */
export const changeApp = (change: AppChange, platform: Platform): AppView =>
  viewApp(platform.apps.put({ ...requireApp(change.appid, platform), ...change }))

export const viewPerson = (person: Person, platform: Platform): PersonView => ({
  name: person.name,
  highRisk: person.highRisk,
  phone: person.phone,
  apps: Object.fromEntries(
    platform.apps.list().map((app) => [app.appid, viewIdentity(person, app, platform)]),
  ),
})

/** What wx.login does on that person's phone. */
export const login = ({ appid, person }: LoginRequest, platform: Platform) => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)
  requireFrequency('login', app.appid, name, platform)
  platform.sessionKeys.login(app.appid, name)
  platform.visits.touch(app.appid, name)

  return { code: platform.loginCodes.issue(app.appid, name) }
}

/** What wx.checkSession answers; with `session_key`, whether that key is the one that is valid. */
export const checkSession = (request: CheckSessionRequest, platform: Platform) => {
  const app = requireApp(request.appid, platform)
  const person = requirePerson(request.person, platform)
  requireFrequency('checkSession', app.appid, person.name, platform)
  const key = platform.sessionKeys.peek(app.appid, person.name)
  const ok = key !== undefined && (request.session_key ?? key.value) === key.value

  return { ok, errMsg: ok ? 'checkSession:ok' : 'checkSession:fail session expired' }
}

/** Ends the person's session_key, as WeChat does of its own accord. */
export const endSession = ({ appid, person }: LoginRequest, platform: Platform) => {
  const app = requireApp(appid, platform)
  platform.sessionKeys.end(app.appid, requirePerson(person, platform).name)

  return {}
}

const viewIdentity = (person: Person, app: App, { sessionKeys }: Platform) => {
  const key = sessionKeys.peek(app.appid, person.name)

  return {
    openid: openidOf(person, app.appid),
    ...(app.openPlatform === undefined ? {} : { unionid: unionidOf(person, app.openPlatform) }),
    ...(key === undefined ? {} : { sessionKeySince: key.createdAt }),
  }
}

/** Counts page views of an app; with `person`, they are a visit of that person. */
export const viewPages = ({ appid, person, count = 1 }: PageViewRequest, platform: Platform) => {
  const app = requireApp(appid, platform)
  if (person !== undefined) {
    platform.visits.touch(app.appid, requirePerson(person, platform).name)
  }

  return { today: platform.pageViews.add(app.appid, count) }
}

/** Throws the error of the base library when an API is called too often. */
export const requireFrequency = (
  api: string,
  appid: string,
  person: string,
  { quotas }: Platform,
) => {
  if (!quotas.countClientCall(api, appid, person)) {
    throw new ControlError(429, `${api}:fail api freq out of limit`, 45009)
  }
}

/** The app, or a ControlError. */
export const requireApp = (appid: string, { apps }: Platform) => {
  const app = apps.get(appid)
  if (!app) throw new ControlError(404, `No app ${appid}`)

  return app
}

/** The person, or a ControlError. */
export const requirePerson = (name: string, { people }: Platform) => {
  const person = people.get(name)
  if (!person) throw new ControlError(404, `No person ${name}`)

  return person
}
