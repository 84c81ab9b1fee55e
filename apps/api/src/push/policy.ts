import type { ErasureScope } from '../account/erasure.ts'
import { erasureScopeFor } from '../account/erasure.ts'
import type { LoginEvent } from '../audit/login-event.ts'
import type { PushedEvent } from '../infra/wechat/pushed-event.ts'
import type { UserStatus } from '../users/user.ts'

/** A push that withdraws something about a user. */
export type Withdrawal = Extract<PushedEvent, { kind: `user_${string}` }>

/**
 * WeChat's numbers of what is never kept here: car plate, address, invoice, Bluetooth, microphone,
 * camera, steps, places, pictures, files, e-mail.
 * https://developers.weixin.qq.com/miniprogram/dev/server/event_push/platform/authorized_user_information_changes
 */
const NEVER_KEPT = new Set([1, 2, 3, 4, 5, 7, 12, 13, 14, 15, 16, 18])

/** What WeChat withdraws with this event; null when it concerns nothing that is kept here. */
export const withdrawnBy = (event: Withdrawal): ErasureScope | null => {
  switch (event.kind) {
    case 'user_info_modified':
      return 'avatar'
    case 'user_authorization_revoke':
      return concernsKeptData(event.revoked) ? 'profile' : null
    case 'user_authorization_cancellation':
      return 'account'
  }
}

/** An empty list means everything; a number that is not known yet may mean anything. */
const concernsKeptData = (revoked: readonly number[]) =>
  revoked.length === 0 || !revoked.every((number) => NEVER_KEPT.has(number))

/** What is erased, what stands in place of the name, and which login event tells of it. */
export const erasureFor = (status: UserStatus, withdrawn: ErasureScope) => {
  const scope = erasureScopeFor(status, withdrawn)
  return { scope, keepsName: scope !== 'account', eventKind: EVENT_KIND[withdrawn] }
}

const EVENT_KIND = {
  avatar: 'name_wiped',
  profile: 'profile_wiped',
  account: 'closed',
} as const satisfies Record<ErasureScope, LoginEvent['kind']>
