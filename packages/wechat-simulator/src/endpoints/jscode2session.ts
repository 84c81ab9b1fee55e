import type { App } from '../platform/apps.ts'
import type { Person } from '../platform/people.ts'
import { openidOf, unionidOf } from '../platform/people.ts'
import type { Platform } from '../platform/platform.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { Endpoint, WeChatRequest } from './endpoint.ts'
import { SNS_STYLE } from './endpoint.ts'

const PATH = '/sns/jscode2session'
const MOCK_CODE = 'the code is a mock one'
/** What follows a tilde only makes a code differ from others of that person. */
const NAMED_CODE = /^e2e-([^~]{1,64})(?:~.{0,64})?$/u

/** Exchanges a wx.login code. https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session */
export const jscode2session: Endpoint = {
  method: 'GET',
  path: PATH,
  style: SNS_STYLE,
  handle: (request, platform) => {
    const app = authenticate(request, platform)
    platform.quotas.countForApp(PATH, app.appid)
    const person = consumeCode(request, app, platform)
    const key =
      platform.sessionKeys.use(app.appid, person.name) ??
      platform.sessionKeys.login(app.appid, person.name)

    return {
      session_key: key.value,
      openid: openidOf(person, app.appid),
      ...(app.openPlatform === undefined ? {} : { unionid: unionidOf(person, app.openPlatform) }),
    }
  },
}

const authenticate = (request: WeChatRequest, { apps, settings }: Platform): App => {
  const { appid, secret, js_code, grant_type } = request.query
  const { errcodes } = settings
  if (!appid) throw new WeChatError(errcodes.missingAppid)
  request.appid = appid
  if (!secret) throw new WeChatError(errcodes.missingSecret)
  if (!js_code) throw new WeChatError(41008)
  if (grant_type !== 'authorization_code') throw new WeChatError(errcodes.badGrantType)

  const app = apps.get(appid)
  if (!app) throw new WeChatError(40013)
  if (app.secret !== secret) throw new WeChatError(errcodes.wrongSecret)

  return app
}

const consumeCode = (request: WeChatRequest, app: App, platform: Platform): Person => {
  const text = request.query.js_code ?? ''
  const repeatable = personOfRepeatableCode(text, platform)
  const code = repeatable ? undefined : findCode(text, app, platform)
  const person = repeatable ?? platform.people.get(code?.person ?? '')
  if (!person) throw new WeChatError(40029)

  request.person = person.name
  if (person.highRisk) throw new WeChatError(40226)
  platform.quotas.countForPerson(PATH, app.appid, person.name)
  platform.visits.touch(app.appid, person.name)
  if (code) code.used = true
  else platform.sessionKeys.login(app.appid, person.name)

  return person
}

const findCode = (text: string, app: App, { loginCodes, clock, settings }: Platform) => {
  const code = loginCodes.get(text)
  if (!code) throw new WeChatError(40029)
  if (code.appid !== app.appid) throw new WeChatError(settings.errcodes.codeOfOtherApp)
  if (code.expiresAt <= clock.now()) throw new WeChatError(settings.errcodes.expiredCode)
  if (code.used) throw new WeChatError(40163)

  return code
}

const personOfRepeatableCode = (text: string, platform: Platform) => {
  if (platform.acceptMockCodes && text === MOCK_CODE) return personNamed('devtools', platform)
  const name = platform.acceptNamedCodes ? NAMED_CODE.exec(text)?.[1] : undefined

  return name === undefined ? undefined : personNamed(name, platform)
}

const personNamed = (name: string, { people }: Platform) => people.get(name) ?? people.put({ name })
