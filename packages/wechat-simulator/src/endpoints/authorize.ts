import type { TokenState } from '../platform/access-tokens.ts'
import type { App } from '../platform/apps.ts'
import type { Person } from '../platform/people.ts'
import type { Platform } from '../platform/platform.ts'
import type { Settings } from '../platform/settings.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { Endpoint, WeChatRequest } from './endpoint.ts'

/** A call whose access_token was good. */
export interface AuthorizedCall {
  readonly app: App
  readonly request: WeChatRequest
  readonly platform: Platform
}

export type JsonBody = Readonly<Record<string, unknown>>

/** A GET endpoint behind an access_token. */
export const getWithToken = (path: string, handle: (call: AuthorizedCall) => object): Endpoint => ({
  method: 'GET',
  path,
  handle: (request, platform) => handle(authorize(path, request, platform)),
})

/** A POST endpoint behind an access_token that takes a JSON object; anything else is `notJson`. */
export const postWithToken = (
  path: string,
  handle: (call: AuthorizedCall, body: JsonBody) => object | Promise<object>,
  notJson = 47001,
): Endpoint => ({
  method: 'POST',
  path,
  handle: (request, platform) =>
    handle(authorize(path, request, platform), readJson(request.body, notJson)),
})

/** Checks the access_token and counts the call; throws a WeChatError. */
export const authorize = (
  path: string,
  request: WeChatRequest,
  platform: Platform,
): AuthorizedCall => {
  const app = platform.apps.get(appidOfToken(request, platform))
  if (!app) throw new WeChatError(40001)
  request.appid = app.appid
  if (app.banned) throw new WeChatError(50002)
  if (app.deniedPaths?.includes(path)) throw new WeChatError(48001)
  if (app.forbiddenPaths?.includes(path)) throw new WeChatError(48004)
  platform.quotas.countForApp(path, app.appid)

  return { app, request, platform }
}

/** The JSON object of a body, whatever its Content-Type; an empty body is 44002. */
export const readJson = (body: Buffer, notJson = 47001): JsonBody => {
  if (body.length === 0) throw new WeChatError(notJson === 47001 ? 44002 : notJson)
  try {
    const value: unknown = JSON.parse(body.toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as JsonBody
    }
  } catch {
    // Not JSON: answered below, like JSON that is not an object.
  }
  throw new WeChatError(notJson)
}

/** The person an openid stands for; throws 40003. */
export const requirePerson = (openid: unknown, call: AuthorizedCall): Person => {
  const person = findPerson(openid, call.app.appid, call.platform)
  if (!person) throw new WeChatError(40003)
  call.request.person = person.name

  return person
}

/** The person of an openid of this app; throws 44002, 43104 or 40003. */
export const requireOwnOpenid = (openid: unknown, call: AuthorizedCall): Person => {
  if (openid === '') throw new WeChatError(44002)
  if (isOfOtherApp(openid, call)) throw new WeChatError(43104)

  return requirePerson(openid, call)
}

/** A person who used the app within two hours; throws 44002, 43104, 40003 or 61010. */
export const requireVisitor = (openid: unknown, call: AuthorizedCall): Person => {
  const { app, platform } = call
  const person = requireOwnOpenid(openid, call)
  if (!platform.visits.within(platform.settings.recentUseMs, app.appid, person.name)) {
    throw new WeChatError(61010)
  }

  return person
}

const findPerson = (openid: unknown, appid: string, { people }: Platform) =>
  typeof openid === 'string' ? people.findByOpenid(appid, openid) : undefined

const isOfOtherApp = (openid: unknown, { app, platform }: AuthorizedCall) =>
  platform.apps
    .list()
    .some(({ appid }) => appid !== app.appid && findPerson(openid, appid, platform) !== undefined)

const TOKEN_TEXT = /^\d{1,3}_[\w-]{60,512}$/

/** The app that an access_token was issued to; throws 41001, 40014, 42001 or 40001. */
export const appidOfToken = ({ query }: WeChatRequest, { accessTokens, settings }: Platform) => {
  const { access_token: text } = query
  if (!text) throw new WeChatError(41001)
  if (!TOKEN_TEXT.test(text)) throw new WeChatError(settings.errcodes.malformedToken)
  const { state, appid } = accessTokens.find(text)
  if (state !== 'valid' || appid === undefined) throw refusalOf(state, settings)

  return appid
}

const refusalOf = (state: TokenState, { errcodes }: Settings) => {
  if (state === 'expired') return new WeChatError(42001)
  if (state === 'superseded') return new WeChatError(errcodes.supersededToken)
  return new WeChatError(40001)
}
