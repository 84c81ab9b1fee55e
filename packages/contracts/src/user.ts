import type { Static } from 'typebox'
import { Type } from 'typebox'
import { MaskedMobile } from './phone.ts'
import { ProfileNotice } from './profile.ts'
import { Instant } from './text.ts'
import { UserInfo } from './user-info.ts'

/** What the personal centre (个人中心) shows. */
export const UserIndexResult = Type.Object({
  userInfo: UserInfo,
  mobile: Type.Union([MaskedMobile, Type.Null()], { description: 'null when none is bound' }),
  memberSince: Instant(),
  lastLoginAt: Instant(),
  notice: ProfileNotice,
  deviceCount: Type.Integer({ minimum: 1, description: 'places signed in, this one included' }),
})
export type UserIndexResult = Static<typeof UserIndexResult>
