import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Verdict } from '../platform/verdicts.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { AuthorizedCall } from './authorize.ts'
import { postWithToken, requireVisitor } from './authorize.ts'

const MAX_CONTENT = 2500
const SCENES: readonly unknown[] = [1, 2, 3, 4]
const RISK_SCENES: readonly unknown[] = [0, 1]
const MEDIA_TYPES: readonly unknown[] = [1, 2]

/** Judges a text. https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/sec-check/security.msgSecCheck.html */
export const msgSecCheck = postWithToken('/wxa/msg_sec_check', (call, body) => {
  const { verdicts, settings } = call.platform
  const { content } = body
  if (typeof content !== 'string' || content === '') throw new WeChatError(44002)
  if ([...content].length > MAX_CONTENT) throw new WeChatError(settings.errcodes.contentTooLong)
  const texts = [content, body.title, body.nickname, body.signature]
  const { keyword, ...verdict } = verdicts.judge(texts.filter(Boolean).join('\n'))
  if (body.version !== 2) return judgeAsVersion1(verdict)
  requireVisitor(body.openid, call)
  if (!SCENES.includes(body.scene)) throw new WeChatError(40129)

  return {
    errcode: 0,
    errmsg: 'ok',
    result: verdict,
    detail: [
      { strategy: 'content_model', errcode: 0, ...verdict, prob: 90 },
      ...(keyword === undefined
        ? []
        : [{ strategy: 'keyword', errcode: 0, ...verdict, level: 90, keyword }]),
    ],
    trace_id: createTraceId(),
  }
})

/** Judges a picture or a sound later, by a pushed message. https://developers.weixin.qq.com/minigame/dev/api-backend/wxa-sec-check/api_mediacheckasync.md */
export const mediaCheckAsync = postWithToken('/wxa/media_check_async', (call, body) => {
  const { media_url, media_type } = body
  if (typeof media_url !== 'string' || !URL.canParse(media_url)) throw new WeChatError(44002)
  if (!MEDIA_TYPES.includes(media_type)) throw new WeChatError(40004)
  requireVisitor(body.openid, call)
  if (!SCENES.includes(body.scene)) throw new WeChatError(40129)
  const trace_id = createTraceId()
  void reportLater(call, trace_id, media_url)

  return { errcode: 0, errmsg: 'ok', trace_id }
})

/** How risky a person is. https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/safety-control-capability/riskControl.getUserRiskRank.html */
export const getUserRiskRank = postWithToken('/wxa/getuserriskrank', (call, body) => {
  if (!body.appid || !body.client_ip) throw new WeChatError(44002)
  if (body.appid !== call.app.appid) throw new WeChatError(40013)
  const person = requireVisitor(body.openid, call)
  if (!RISK_SCENES.includes(body.scene)) throw new WeChatError(40129)

  return {
    errcode: 0,
    errmsg: 'getuserriskrank succ',
    risk_rank: person.highRisk ? 4 : person.riskRank,
    // The spelling is WeChat's.
    unoin_id: randomBytes(4).readUInt32BE(),
  }
})

const judgeAsVersion1 = ({ suggest }: Verdict) => {
  if (suggest === 'risky') throw new WeChatError(87014)

  return { errcode: 0, errmsg: 'ok' }
}

const reportLater = async (
  { app, platform }: AuthorizedCall,
  trace_id: string,
  media_url: string,
) => {
  await delay(platform.settings.mediaCheckDelayMs, undefined, { ref: false })
  const { keyword: _keyword, ...result } = platform.verdicts.judge(media_url)
  await platform.pushes.deliver(app, {
    Event: 'wxa_media_check',
    appid: app.appid,
    trace_id,
    version: 2,
    detail: [{ strategy: 'content_model', errcode: 0, ...result, prob: 90 }],
    errcode: 0,
    errmsg: 'ok',
    result,
  })
}

const createTraceId = () => randomUUID()
