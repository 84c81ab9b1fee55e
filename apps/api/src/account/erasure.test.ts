import { describe, expect, it } from 'vitest'
import { UserStatus } from '../users/user.ts'
import {
  CLOSED_NAME,
  closedFields,
  ERASED_FIELDS,
  ERASURE_END_REASON,
  erasureScopeFor,
  tombstoneOf,
} from './erasure.ts'

describe('what WeChat withdraws', () => {
  it('costs the avatar alone when WeChat takes name and avatar back, and no session', () => {
    expect(ERASED_FIELDS.avatar).toEqual({
      avatarUrl: '',
      pendingAvatarUrl: '',
      profileNotice: null,
    })
    expect(ERASURE_END_REASON.avatar).toBeNull()
  })

  it('costs everything that the user entered when consent is withdrawn, and every session', () => {
    expect(ERASED_FIELDS.profile).toEqual({
      avatarUrl: '',
      pendingAvatarUrl: '',
      profileNotice: null,
      gender: 0,
      birthday: null,
      mobile: '',
      phone: null,
      phoneBoundAt: null,
    })
    expect(ERASURE_END_REASON.profile).toBe('revoked')
  })

  it('closes the account when the WeChat account is closed', () => {
    expect(ERASED_FIELDS.account).toMatchObject({
      ...ERASED_FIELDS.profile,
      unionid: null,
      lastLoginIp: '',
      userLevel: 0,
      shareUserId: null,
      status: UserStatus.closed,
    })
    expect(ERASURE_END_REASON.account).toBe('closed')
  })

  it('leaves nothing of an account that is closed already, whatever is withdrawn', () => {
    expect(erasureScopeFor(UserStatus.closed, 'avatar')).toBe('account')
    expect(erasureScopeFor(UserStatus.frozen, 'avatar')).toBe('avatar')
    expect(erasureScopeFor(UserStatus.active, 'profile')).toBe('profile')
  })
})

describe('an account that its owner closed', () => {
  const fields = closedFields(tombstoneOf('0192'))

  it('keeps no name that WeChat, an operator or a client could find it by', () => {
    expect(fields).toMatchObject({ openid: 'closed 0192', username: 'closed 0192', unionid: null })
    expect(fields.openid).toMatch(/ /)
  })

  it('keeps nothing that the user entered', () => {
    expect(fields).toMatchObject({ ...ERASED_FIELDS.profile, nickName: CLOSED_NAME })
    expect(fields).toMatchObject({ lastLoginIp: '', shareUserId: null, statusNote: null })
  })
})
