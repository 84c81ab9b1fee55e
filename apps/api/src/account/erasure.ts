import { TEXTS } from '../errors/texts.ts'
import { UserStatus } from '../users/user.ts'

/** Stands in place of the name once an account is closed, by its owner or by WeChat. */
export const CLOSED_NAME = '已注销用户'

/** A number that belongs to no account can be bound by any. */
const NO_PHONE = { phone: null, phoneBoundAt: null }
const NO_AVATAR = { avatarUrl: '', pendingAvatarUrl: '', profileNotice: null }
/** Nothing that the user entered, or that WeChat said about the user. */
const NO_PROFILE = { ...NO_AVATAR, ...NO_PHONE, gender: 0, mobile: '', birthday: null }

/**
 * What WeChat says must not be kept any longer. `avatar`: name and avatar. `profile`: also gender,
 * birthday and phone, and every session ends. `account`: also what identifies the user beyond the
 * openid, and the account is closed.
 */
export type ErasureScope = 'avatar' | 'profile' | 'account'

/** The columns that an erasure overwrites, beside the nickname. The openid stays: WeChat may name the user again. */
export const ERASED_FIELDS = {
  avatar: NO_AVATAR,
  profile: NO_PROFILE,
  account: {
    ...NO_PROFILE,
    unionid: null,
    lastLoginIp: '',
    userLevel: 0,
    shareUserId: null,
    status: UserStatus.closed,
    statusReason: null,
    statusCode: 'cancelled',
    statusNote: null,
  },
} as const satisfies Record<ErasureScope, object>

/** Why the sessions of the user end; null when they go on and only show what was erased. */
export const ERASURE_END_REASON = {
  avatar: null,
  profile: 'revoked',
  account: 'closed',
} as const satisfies Record<ErasureScope, string | null>

/** A closed account has nothing left to keep: whatever WeChat withdraws, all of it goes. */
export const erasureScopeFor = (status: UserStatus, asked: ErasureScope): ErasureScope =>
  status === UserStatus.closed ? 'account' : asked

/**
 * The columns of an account that its owner closed. `tombstone` replaces openid and username, so that
 * the same person signs in again as a new user.
 */
export const closedFields = (tombstone: string) => ({
  ...NO_PROFILE,
  openid: tombstone,
  username: tombstone,
  nickName: CLOSED_NAME,
  unionid: null,
  lastLoginIp: '',
  userLevel: 0,
  shareUserId: null,
  status: UserStatus.closed,
  statusReason: TEXTS.ACCOUNT_DISABLED.closed,
  statusCode: 'closed',
  statusNote: null,
})

/** What a session of a closed account keeps of where it was used: nothing. */
export const UNTRACED_SESSION = { deviceId: null, deviceName: '', ip: '', userAgent: '' }

/** WeChat's openids have no space, so neither an operator nor a push can name this one. */
export const tombstoneOf = (uuid: string) => `closed ${uuid}`
