import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Judgement, Verdict } from '../platform/verdicts.ts'
import { createRid, WeChatError } from '../platform/wechat-error.ts'
import { requireTypes } from './arguments.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken, requireOwnOpenid, requireVisitor } from './authorize.ts'

const MAX_CONTENT = 2500
const SCENES: readonly unknown[] = [1, 2, 3, 4]
const PROFILE_SCENE = 1
const RISK_SCENES: readonly unknown[] = [0, 1, 2]
const MEDIA_TYPES: readonly unknown[] = [1, 2]
const TEXT = {
  version: 'number',
  openid: 'string',
  scene: 'number',
  content: 'string',
  nickname: 'string',
  title: 'string',
  signature: 'string',
} as const
const MEDIA = {
  version: 'number',
  openid: 'string',
  scene: 'number',
  media_type: 'number',
} as const
const RISK = {
  appid: 'string',
  openid: 'string',
  scene: 'number',
  client_ip: 'string',
  is_test: 'boolean',
} as const

/** Checks a text. https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck */
export const msgSecCheck = postWithToken('/wxa/msg_sec_check', (call, body) => {
  requireTypes(body, TEXT, ['content'])
  const content = String(body.content)
  if (content === '') throw new WeChatError(44002)
  const { verdicts, settings } = call.platform
  if ([...content].length > MAX_CONTENT) throw new WeChatError(settings.errcodes.contentTooLong)
  if (body.version !== 2) return judgeAsVersion1(verdicts.judge(content, true))
  requireTypes(body, TEXT, ['openid', 'scene'])
  requireVisitor(body.openid, call)
  if (!SCENES.includes(body.scene)) throw new WeChatError(40129)

  return { errcode: 0, errmsg: 'ok', ...toTextResult(verdicts.judge(textsOf(body))) }
})

/** Checks a picture or a sound; the verdict is pushed later. https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_mediacheckasync */
export const mediaCheckAsync = postWithToken('/wxa/media_check_async', (call, body) => {
  const { media_url, media_type } = body
  requireTypes(body, MEDIA)
  if (!MEDIA_TYPES.includes(media_type)) throw new WeChatError(40004)
  if (typeof media_url !== 'string' || !isWebAddress(media_url)) {
    throw new WeChatError(call.platform.settings.errcodes.badMediaUrl)
  }
  requireTypes(body, MEDIA, ['openid'])
  requireVisitor(body.openid, call)
  if (!SCENES.includes(body.scene)) throw new WeChatError(40129)
  const trace_id = createRid()
  void reportLater(call, trace_id, media_url)

  return { errcode: 0, errmsg: 'ok', trace_id }
})

/** How risky a person is; a test call need not be about a recent visitor. https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/safety-control-capability/api_getuserriskrank */
export const getUserRiskRank = postWithToken('/wxa/getuserriskrank', (call, body) => {
  requireTypes(body, RISK, ['appid', 'openid', 'scene', 'client_ip'])
  if (body.appid === '' || body.client_ip === '') throw new WeChatError(44002)
  if (body.appid !== call.app.appid) {
    throw new WeChatError(call.platform.settings.errcodes.riskForOtherApp)
  }
  const person = (body.is_test ? requireOwnOpenid : requireVisitor)(body.openid, call)
  if (!RISK_SCENES.includes(body.scene)) throw new WeChatError(40129)

  return {
    errcode: 0,
    errmsg: 'getuserriskrank succ',
    risk_rank: person.highRisk ? 4 : person.riskRank,
    // The spelling is WeChat's.
    unoin_id: randomBytes(4).readUInt32BE(),
  }
})

const textsOf = ({ content, title, nickname, signature, scene }: JsonBody) =>
  [content, title, nickname, scene === PROFILE_SCENE ? signature : ''].filter(Boolean).join('\n')

const toTextResult = ({ suggest, label, keyword }: Judgement) => ({
  detail: [
    { strategy: 'content_model', errcode: 0, suggest, label, prob: 90 },
    {
      strategy: 'keyword',
      errcode: 0,
      ...(keyword === undefined ? {} : { suggest, label, level: 90, keyword }),
    },
  ],
  trace_id: createRid(),
  result: { suggest, label },
})

const judgeAsVersion1 = ({ suggest }: Verdict) => {
  if (suggest === 'risky') throw new WeChatError(87014)

  return { errcode: 0, errmsg: 'ok' }
}

const isWebAddress = (text: string) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

const reportLater = async (
  { app, platform }: AuthorizedCall,
  trace_id: string,
  media_url: string,
) => {
  await delay(platform.settings.mediaCheckDelayMs, undefined, { ref: false })
  const { suggest, label, mediaErrcode } = platform.verdicts.judge(media_url)
  const about = { Event: 'wxa_media_check', appid: app.appid, trace_id, version: 2 }
  const verdict = {
    detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    errcode: 0,
    errmsg: 'ok',
    result: { suggest, label },
  }
  const failure = { detail: [], errcode: mediaErrcode ?? 0, errmsg: 'download error', result: {} }
  await platform.pushes.deliver(app, { ...about, ...(mediaErrcode ? failure : verdict) })
}
