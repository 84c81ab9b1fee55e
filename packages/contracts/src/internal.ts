import type { Static } from 'typebox'
import { Type } from 'typebox'

/*
 * Requests of the company's other services, so that only this one holds AppSecret. Not a part of
 * `ApiRoutes`: the mini-program cannot see it.
 */

const closed = { additionalProperties: false }
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const PublicId = Type.String({
  format: 'uuid',
  maxLength: 36,
  description: 'the `sub` of our tokens',
  examples: ['01938a5e-7c1d-4000-8000-000000000001'],
})

export const OpenidParams = Type.Object({ publicId: PublicId }, closed)
export type OpenidParams = Static<typeof OpenidParams>

/** WeChat's server credential. Keep it in memory, and ask again when it is refused or expires. */
export const AccessTokenResult = Type.Object({
  access_token: Type.String(),
  expires_in: Type.Integer({ minimum: 0, description: 'seconds that it still lives' }),
})
export type AccessTokenResult = Static<typeof AccessTokenResult>

export const OpenidResult = Type.Object({
  openid: Type.String(),
  unionid: Type.Union([Type.String(), Type.Null()]),
  disabled: Type.Boolean({ description: 'true while the account is frozen' }),
})
export type OpenidResult = Static<typeof OpenidResult>

export const SubscribeMessageRequest = Type.Object(
  {
    publicId: PublicId,
    templateId: Text(64),
    data: Type.Record(Type.String({ pattern: '^[a-z_]{1,32}[0-9]{1,3}$' }), Text(200), {
      ...closed,
      maxProperties: 20,
      examples: [{ thing1: '周会', time2: '15:00' }],
    }),
    page: Type.Optional(Text(512)),
    miniprogramState: Type.Optional(
      Type.Union([Type.Literal('formal'), Type.Literal('trial'), Type.Literal('developer')]),
    ),
    lang: Type.Optional(
      Type.Union(['zh_CN', 'en_US', 'zh_HK', 'zh_TW'].map((lang) => Type.Literal(lang))),
    ),
  },
  closed,
)
export type SubscribeMessageRequest = Static<typeof SubscribeMessageRequest>

export const SubscribeMessageResult = Type.Object({
  msgId: Type.Union([Type.String(), Type.Null()], { description: 'null when WeChat gave none' }),
})
export type SubscribeMessageResult = Static<typeof SubscribeMessageResult>

/** In the form that packages/wechat takes; media ids name pictures uploaded to WeChat before. */
const CustomMessageContent = Type.Union([
  Type.Object({ type: Type.Literal('text'), content: Text(2_048) }, closed),
  Type.Object({ type: Type.Literal('image'), mediaId: Text(128) }, closed),
  Type.Object(
    {
      type: Type.Literal('link'),
      title: Text(128),
      description: Text(512),
      url: Text(1_024),
      thumbUrl: Text(1_024),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('miniprogrampage'),
      title: Text(128),
      pagePath: Text(512),
      thumbMediaId: Text(128),
    },
    closed,
  ),
])

export const CustomMessageRequest = Type.Object(
  { publicId: PublicId, message: CustomMessageContent },
  closed,
)
export type CustomMessageRequest = Static<typeof CustomMessageRequest>
