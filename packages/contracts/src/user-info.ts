import type { Static } from 'typebox'
import { Type } from 'typebox'
import { DisplayText } from './text.ts'

export const Gender = Type.Union([Type.Literal(0), Type.Literal(1), Type.Literal(2)], {
  description: '0 unknown, 1 male, 2 female, as wx.getUserProfile numbers them',
})
export type Gender = Static<typeof Gender>

/** A user's profile as stored, spelled as `wx.getUserProfile` spells it. */
export const UserInfo = Type.Object({
  nickName: Type.String({ examples: ['小明😀'] }),
  avatarUrl: Type.String({
    description:
      'https URL; or a path of this API, which begins with /; or empty when there is none',
  }),
  gender: Gender,
})
export type UserInfo = Static<typeof UserInfo>

/**
 * What a client claims about its user: exactly the fields of `wx.getUserProfile`, which old clients
 * still send. Used for new users only.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/user-info/UserInfo.html
 */
export const UserInfoClaim = Type.Object(
  {
    nickName: Type.Optional(DisplayText({ maxLength: 63, examples: ['小明😀'] })),
    avatarUrl: Type.Optional(Type.String({ maxLength: 255 })),
    gender: Type.Optional(Gender),
    country: Type.Optional(DisplayText({ maxLength: 63 })),
    province: Type.Optional(DisplayText({ maxLength: 63 })),
    city: Type.Optional(DisplayText({ maxLength: 63 })),
    language: Type.Optional(Type.String({ maxLength: 16, pattern: '^[A-Za-z_-]*$' })),
    is_demote: Type.Optional(
      Type.Boolean({ description: 'set by WeChat when name and avatar are placeholders' }),
    ),
  },
  { additionalProperties: false },
)
export type UserInfoClaim = Static<typeof UserInfoClaim>
