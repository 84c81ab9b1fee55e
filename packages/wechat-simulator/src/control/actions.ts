import type { App } from '../platform/apps.ts'
import type { Person } from '../platform/people.ts'
import { openidOf, unionidOf } from '../platform/people.ts'
import type { Platform } from '../platform/platform.ts'
import { ControlError } from './control-error.ts'
import type { CheckSessionRequest, LoginRequest } from './schemas.ts'

/** A person and who they are to each app. */
export interface PersonView {
  name: string
  highRisk: boolean
  apps: Record<string, { openid: string; unionid?: string }>
}

/** What wx.checkSession answers. */
export interface CheckSessionResult {
  ok: boolean
  errMsg: string
}

export const viewPerson = (person: Person, { apps }: Platform): PersonView => ({
  name: person.name,
  highRisk: person.highRisk,
  apps: Object.fromEntries(apps.list().map((app) => [app.appid, identify(person, app)])),
})

/** What wx.login does on that person's phone. */
export const login = ({ appid, person }: LoginRequest, platform: Platform) => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)
  platform.sessionKeys.login(app.appid, name)

  return { code: platform.loginCodes.issue(app.appid, name) }
}

/** What wx.checkSession answers; with `session_key`, whether that key is the one that is valid. */
export const checkSession = (request: CheckSessionRequest, platform: Platform) => {
  const app = requireApp(request.appid, platform)
  const person = requirePerson(request.person, platform)
  const key = platform.sessionKeys.peek(app.appid, person.name)
  const ok = key !== undefined && (request.session_key ?? key.value) === key.value

  return { ok, errMsg: ok ? 'checkSession:ok' : 'checkSession:fail session expired' }
}

const identify = (person: Person, app: App) => ({
  openid: openidOf(person, app.appid),
  ...(app.openPlatform === undefined ? {} : { unionid: unionidOf(person, app.openPlatform) }),
})

const requireApp = (appid: string, { apps }: Platform) => {
  const app = apps.get(appid)
  if (!app) throw new ControlError(404, `No app ${appid}`)

  return app
}

const requirePerson = (name: string, { people }: Platform) => {
  const person = people.get(name)
  if (!person) throw new ControlError(404, `No person ${name}`)

  return person
}
