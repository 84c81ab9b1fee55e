import { describe, expect, it } from 'vitest'
import { UserStatus } from '../users/user.ts'
import { erasureFor, withdrawnBy } from './policy.ts'

const revoke = (...revoked: number[]) =>
  withdrawnBy({ kind: 'user_authorization_revoke', appId: 'a', openid: 'o', revoked })

describe('what a push withdraws', () => {
  it('is the avatar and the name when WeChat cleared them', () => {
    expect(withdrawnBy({ kind: 'user_info_modified', appId: 'a', openid: 'o' })).toBe('avatar')
  })

  it('is the account when the WeChat account is closed', () => {
    expect(withdrawnBy({ kind: 'user_authorization_cancellation', appId: 'a', openid: 'o' })).toBe(
      'account',
    )
  })

  it('is nothing when consent is withdrawn only for what is never kept', () => {
    expect(revoke(1, 18)).toBeNull()
  })

  it('is the profile when WeChat does not say what, or says it by an unknown number', () => {
    expect(revoke()).toBe('profile')
    expect(revoke(1, 999)).toBe('profile')
  })
})

describe('what is erased', () => {
  it('follows the push for an account that is not closed', () => {
    expect(erasureFor(UserStatus.active, 'avatar')).toEqual({
      scope: 'avatar',
      keepsName: true,
      eventKind: 'name_wiped',
    })
    expect(erasureFor(UserStatus.frozen, 'account')).toEqual({
      scope: 'account',
      keepsName: false,
      eventKind: 'closed',
    })
  })

  it('is everything for a closed account, recorded as what WeChat asked for', () => {
    expect(erasureFor(UserStatus.closed, 'profile')).toEqual({
      scope: 'account',
      keepsName: false,
      eventKind: 'profile_wiped',
    })
  })
})
