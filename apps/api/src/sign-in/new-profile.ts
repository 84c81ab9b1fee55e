import { randomUUID } from 'node:crypto'
import type { UserInfoClaim } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import { placeholderName } from '../users/placeholder-name.ts'
import type { SignIn } from './sign-in.ts'

/** What wx.getUserProfile gives since 2022-11-08 in place of a name; its avatar is a grey one. */
const WITHDRAWN_NAME = '微信用户'
const AVATAR_HOST = 'qlogo.cn'

export type NewProfile = SignIn['profile']

/**
 * The profile of a new user: what the client claims, unless it is WeChat's placeholder. Throws
 * BAD_VALUE for an avatar that is not one of WeChat's.
 */
export const newProfile = (claim: UserInfoClaim = {}): NewProfile => {
  const avatarUrl = checkAvatar(claim.avatarUrl ?? '')
  const isPlaceholder = claim.is_demote === true || claim.nickName === WITHDRAWN_NAME
  const claimed: UserInfoClaim = isPlaceholder ? {} : claim
  return {
    publicId: randomUUID(),
    nickName: claimed.nickName || placeholderName(),
    avatarUrl: isPlaceholder ? '' : avatarUrl,
    gender: claimed.gender ?? 0,
  }
}

const checkAvatar = (avatarUrl: string) => {
  if (avatarUrl === '' || isWeChatAvatar(avatarUrl)) return avatarUrl
  throw new BusinessError(ERRNO.BAD_VALUE, '参数错误：userInfo.avatarUrl 不是微信头像地址')
}

/** URL parsers drop control characters and line breaks, but a stored text keeps them. */
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/

const isWeChatAvatar = (avatarUrl: string) => {
  if (!PRINTABLE_ASCII.test(avatarUrl)) return false
  const url = parseUrl(avatarUrl)
  if (url === null || url.protocol !== 'https:' || url.port !== '') return false
  if (url.username !== '' || url.password !== '') return false
  return url.hostname.endsWith(`.${AVATAR_HOST}`)
}

const parseUrl = (text: string) => (URL.canParse(text) ? new URL(text) : null)
