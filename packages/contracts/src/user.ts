import type { Static } from 'typebox'
import { Type } from 'typebox'
import { MeetingCounts } from './home.ts'
import { Membership } from './org.ts'
import { MaskedMobile } from './phone.ts'
import { ProfileNotice } from './profile.ts'
import { Instant, OrNull } from './text.ts'
import { UserInfo } from './user-info.ts'

/** As existing tables number it; only the database changes it. */
export const UserLevel = Type.Integer({
  minimum: 0,
  description: '0 ordinary user, 1 VIP, 2 regional agent',
})

/** What the personal centre (个人中心) shows. */
export const UserIndexResult = Type.Object({
  userInfo: UserInfo,
  mobile: Type.Union([MaskedMobile, Type.Null()], { description: 'null when none is bound' }),
  userLevel: UserLevel,
  memberSince: Instant(),
  lastLoginAt: Instant(),
  notice: ProfileNotice,
  meetingCounts: OrNull(MeetingCounts),
  memberships: Type.Array(Membership, { description: 'companies, requests to join included' }),
  deviceCount: Type.Integer({ minimum: 1, description: 'places signed in, this one included' }),
})
export type UserIndexResult = Static<typeof UserIndexResult>
