import type { Static } from 'typebox'
import { Type } from 'typebox'

/** What WeChat encrypts or encodes is base64. */
const Base64 = (maxLength: number, example: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9+/]+={0,2}$', examples: [example] })

/**
 * What a tapped `open-type="getPhoneNumber"` button handed over: its `code`, or `encryptedData` and
 * `iv` where the base library is older than 2.21.2; one of the two.
 */
export const BindPhoneRequest = Type.Object(
  {
    code: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        description: 'of getPhoneNumber, not of wx.login: valid for five minutes, once',
      }),
    ),
    encryptedData: Type.Optional(Base64(8_192, 'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZM')),
    iv: Type.Optional(Base64(24, 'r7BXXKkLb8qrSNn05n0qiA==')),
    endOtherSessions: Type.Optional(
      Type.Boolean({ description: 'true signs the person out on every other device' }),
    ),
  },
  { additionalProperties: false },
)
export type BindPhoneRequest = Static<typeof BindPhoneRequest>

export const MaskedMobile = Type.String({
  description: 'the first three and last two digits; shorter numbers the first and last two',
  examples: ['156******77'],
})

export const BindPhoneResult = Type.Object({
  mobile: MaskedMobile,
  endedSessions: Type.Integer({
    minimum: 0,
    description: 'how many other devices were signed out',
  }),
})
export type BindPhoneResult = Static<typeof BindPhoneResult>
