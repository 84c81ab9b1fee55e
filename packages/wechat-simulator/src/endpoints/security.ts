import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../platform/people.ts'
import type { Verdict } from '../platform/verdicts.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken, requirePerson } from './authorize.ts'

const MAX_CONTENT = 2500
const SCENES: readonly unknown[] = [1, 2, 3, 4]
const MEDIA_TYPES: readonly unknown[] = [1, 2]

/** Judges a text. https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/sec-check/security.msgSecCheck.html */
export const msgSecCheck = postWithToken('/wxa/msg_sec_check', (call, body) => {
  const { verdicts, settings } = call.platform
  const { content } = body
  if (typeof content !== 'string' || content === '') throw new WeChatError(44004)
  if ([...content].length > MAX_CONTENT) throw new WeChatError(settings.errcodes.contentTooLong)
  const texts = [content, body.title, body.nickname, body.signature]
  const { keyword, ...verdict } = verdicts.judge(texts.filter(Boolean).join('\n'))
  if (body.version !== 2) return judgeAsVersion1(verdict)
  requireVisitor(call, body)

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
  const person = requireVisitor(call, body)
  const trace_id = createTraceId()
  void reportLater(call, { trace_id, openid: String(body.openid), media_url })
  call.request.person = person.name

  return { errcode: 0, errmsg: 'ok', trace_id }
})

/** How risky a person is. */
export const getUserRiskRank = postWithToken('/wxa/getuserriskrank', (call, body) => {
  if (body.appid !== call.app.appid) throw new WeChatError(40013)
  const person = requirePerson(body.openid, call)
  if (typeof body.client_ip !== 'string' || typeof body.scene !== 'number') {
    throw new WeChatError(40097)
  }

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

/** Version 2 checks only what people did who used the app within the last two hours. */
const requireVisitor = (call: AuthorizedCall, { openid, scene }: JsonBody): Person => {
  const { platform, app } = call
  const person = requirePerson(openid, call, 43104)
  if (!SCENES.includes(scene)) throw new WeChatError(40129)
  if (!platform.visits.within(platform.settings.recentUseMs, app.appid, person.name)) {
    throw new WeChatError(61010)
  }

  return person
}

const reportLater = async (
  { app, platform }: AuthorizedCall,
  { trace_id, openid, media_url }: { trace_id: string; openid: string; media_url: string },
) => {
  await delay(platform.settings.mediaCheckDelayMs, undefined, { ref: false })
  const { keyword: _keyword, ...result } = platform.verdicts.judge(media_url)
  await platform.pushes.deliver(app, {
    FromUserName: openid,
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
