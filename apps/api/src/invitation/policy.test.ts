import { expect, it } from 'vitest'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import { expiryOfShare, whyIgnored } from './policy.ts'

const NOW = Date.parse('2026-11-30T08:00:00.000Z')
const SHARER: User = {
  id: 7,
  publicId: '01938a5e-7c1d-4000-8000-000000000001',
  appId: 'wx0a0a0a0a0a0a0a0a',
  openid: 'oSharer',
  unionid: null,
  nickName: '小明',
  avatarUrl: '',
  pendingAvatarUrl: '',
  gender: 0,
  status: UserStatus.active,
  statusReason: null,
  addTime: new Date(NOW),
  lastLoginTime: new Date(NOW),
}
const LIVE = { expiresAt: new Date(NOW + 1) }
const guest = { sharer: SHARER, openid: 'oGuest', nowMs: NOW }

it('counts a card of another user for thirty days', () => {
  expect(whyIgnored({ expiresAt: expiryOfShare(NOW - 29 * 86_400_000) }, guest)).toBeNull()
  expect(whyIgnored({ expiresAt: expiryOfShare(NOW - 30 * 86_400_000) }, guest)).toBe('expired')
})

it('counts the card of a user who is frozen now: they were not when they shared it', () => {
  const sharer = { ...SHARER, status: UserStatus.frozen }
  expect(whyIgnored(LIVE, { ...guest, sharer })).toBeNull()
})

it.each([
  ['that this server did not make', null, guest, 'unreadable'],
  ['of a user who is not there', LIVE, { ...guest, sharer: null }, 'sharer gone'],
  [
    'of a closed account',
    LIVE,
    { ...guest, sharer: { ...SHARER, status: UserStatus.closed } },
    'sharer gone',
  ],
  ['of the user who signs in', LIVE, { ...guest, openid: 'oSharer' }, 'own card'],
])('ignores a card %s', (_what, share, context, reason) => {
  expect(whyIgnored(share, context)).toBe(reason)
})
