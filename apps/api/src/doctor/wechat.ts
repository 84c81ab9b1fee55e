import { createWeChatClient, WeChatError } from '@oa/wechat'
import type { Config } from '../config/load-config.ts'
import type { WeChatApp } from '../config/wechat-apps.ts'
import { templateProblems } from '../consents/template-check.ts'
import { createWeChat } from '../infra/wechat/wechat.ts'
import type { Finding } from './finding.ts'
import { fine, problem, skipped } from './finding.ts'

const WHAT = 'WeChat'
const MAX_SKEW_MS = 60_000
const TIMEOUT_MS = 3_000

/** Asks WeChat for the access_token, which tells of the appid, the secret and the address at once. */
export const examineCredentials = async (app: WeChatApp, baseUrl: string): Promise<Finding> => {
  const client = createWeChatClient({ ...app, baseUrl })
  try {
    await client.accessToken.get()
    return fine(WHAT, `${app.appId} gets an access_token`)
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    return describe(app.appId, error)
  } finally {
    await client.close()
  }
}

const describe = (appId: string, error: WeChatError): Finding => {
  const found = `${appId}: ${error.message}`
  switch (error.errcode) {
    case 40013:
      return problem(
        WHAT,
        found,
        'WX_APPID is not that of a mini-program: copy it from the console, 开发管理 → 开发设置',
        'WX_APPID 不是有效的小程序 AppID：请在公众平台“开发管理 → 开发设置”中核对',
      )
    case 40125:
      return problem(
        WHAT,
        found,
        'WX_SECRET is wrong, or was reset: set the present AppSecret, and restart',
        'WX_SECRET 不正确或已被重置：请更新为当前的 AppSecret 并重启服务',
      )
    case 40164: {
      const address = /(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]{6,39}(?=[,\s])/i.exec(error.message)?.[0]
      const which = address ?? 'the address that this machine is seen with'
      return problem(
        WHAT,
        found,
        `enter ${which} in IP白名单 of the console, 开发管理 → 开发设置`,
        `请在公众平台“开发管理 → 开发设置 → IP 白名单”中加入 ${address ?? '本机的出口 IP'}`,
      )
    }
    default:
      return problem(
        WHAT,
        found,
        'look at the network, DNS and proxy of this machine; see the alert OaWeChatBreakerOpen',
        '请检查本机的网络、DNS 与代理设置，参见告警 OaWeChatBreakerOpen 的说明',
      )
  }
}

/** Signatures and certificates go by this machine's clock. */
export const examineClock = async ({ wechat }: Pick<Config, 'wechat'>): Promise<Finding> => {
  const what = "clock against WeChat's"
  const response = await fetch(wechat.baseUrl, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const date = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(date)) return fine(what, 'WeChat tells no time')
  const aheadMs = Date.now() - date
  const found = `${Math.round(aheadMs / 1_000)} s ahead`
  return Math.abs(aheadMs) < MAX_SKEW_MS
    ? fine(what, found)
    : problem(what, found, 'start NTP on this machine', '请在本机启用 NTP 时间同步')
}

/** Compares WX_TEMPLATES with what was chosen in WeChat's console. */
export const examineTemplates = async (
  app: WeChatApp,
  { messageTemplates, wechat: { baseUrl } }: Pick<Config, 'messageTemplates' | 'wechat'>,
): Promise<Finding> => {
  const what = 'templates'
  const own = messageTemplates.filter(({ appId }) => appId === app.appId)
  if (own.length === 0) return skipped(what, `WX_TEMPLATES has none for ${app.appId}`)
  const wechat = createWeChat({ ...app, baseUrl })
  try {
    const problems = templateProblems(own, await wechat.listTemplates())
    if (problems.length === 0) return fine(what, `${own.length} kind(s) agree with WeChat's`)
    return problem(
      what,
      problems.map((one) => `${one.kind}: ${one.problem}`).join('; '),
      'correct WX_TEMPLATES by what the console shows, 功能 → 订阅消息 → 我的模板, and restart',
      '请按公众平台“功能 → 订阅消息 → 我的模板”更正 WX_TEMPLATES 并重启服务',
    )
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    return skipped(what, 'WeChat did not list them')
  } finally {
    await wechat.close()
  }
}
