import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'

/** Where the content is to appear. */
export type ContentScene = 'profile' | 'comment' | 'forum' | 'social_log'

export type TextCheck = {
  /** Of the author, who must have used the mini-program within the last two hours. */
  openid: string
  scene: ContentScene
  /** At most 2500 characters. */
  content: string
  nickname?: string
  title?: string
  signature?: string
}

export type TextVerdict = {
  suggest: 'pass' | 'review' | 'risky'
  /** 100 normal, 10001 advertising, 20001 politics, 20002 pornography, 20003 abuse … */
  label: number
  traceId: string
}

export type MediaCheck = {
  mediaUrl: string
  mediaType: 'audio' | 'image'
  openid: string
  scene: ContentScene
}

export type ContentSafety = {
  /**
   * WeChat's verdict on a text, version 2 of the API.
   * https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck
   */
  msgSecCheck(check: TextCheck, options?: CallOptions): Promise<TextVerdict>
  /** Submits a file; the verdict arrives as push event `wxa_media_check` with the same traceId. */
  mediaCheckAsync(check: MediaCheck, options?: CallOptions): Promise<{ traceId: string }>
}

export const createContentSafety = ({ call }: Pick<WeChatClient, 'call'>): ContentSafety => ({
  msgSecCheck: async ({ scene, ...check }, options) => {
    if ([...check.content].length > MAX_CONTENT_LENGTH) {
      throw new TypeError(`content must have at most ${MAX_CONTENT_LENGTH} characters`)
    }
    const body = { version: 2, scene: SCENES[scene], ...check }
    const { result, trace_id } = await call({ path: TEXT_PATH, body, reply: TextReply }, options)

    return { suggest: result.suggest, label: result.label, traceId: trace_id }
  },
  mediaCheckAsync: async ({ mediaUrl, mediaType, openid, scene }, options) => {
    const body = {
      version: 2,
      scene: SCENES[scene],
      openid,
      media_url: mediaUrl,
      media_type: mediaType === 'audio' ? 1 : 2,
    }
    const { trace_id } = await call({ path: MEDIA_PATH, body, reply: MediaReply }, options)

    return { traceId: trace_id }
  },
})

const TEXT_PATH = '/wxa/msg_sec_check'
const MEDIA_PATH = '/wxa/media_check_async'
const MAX_CONTENT_LENGTH = 2_500
const SCENES: Record<ContentScene, number> = { profile: 1, comment: 2, forum: 3, social_log: 4 }

const MediaReply = Type.Object({ trace_id: Type.String() })
const TextReply = Type.Object({
  trace_id: Type.String(),
  result: Type.Object({
    suggest: Type.Union([Type.Literal('pass'), Type.Literal('review'), Type.Literal('risky')]),
    label: Type.Integer(),
  }),
})
