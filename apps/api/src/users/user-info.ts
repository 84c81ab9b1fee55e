import type { UserInfo } from '@oa/contracts'
import type { User } from './user.ts'

type Shown = Pick<User, 'nickName' | 'avatarUrl' | 'pendingAvatarUrl' | 'gender'>

/** The part of a user that their own client shows, with a picture that nobody else sees yet. */
export const toUserInfo = ({ nickName, avatarUrl, pendingAvatarUrl, gender }: Shown): UserInfo => ({
  nickName,
  avatarUrl: pendingAvatarUrl || avatarUrl,
  gender,
})
