import type { UserInfo } from '@oa/contracts'
import type { User } from './user.ts'

/** The part of a user that the client shows. */
export const toUserInfo = ({ nickName, avatarUrl, gender }: User): UserInfo => ({
  nickName,
  avatarUrl,
  gender,
})
