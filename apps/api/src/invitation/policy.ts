import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'

const DAY_MS = 86_400_000
/** A card that lies in a chat for longer invites nobody any more. */
const LIFETIME_MS = 30 * DAY_MS

export const expiryOfShare = (nowMs: number): Date => new Date(nowMs + LIFETIME_MS)

/** Why a card is not counted as an invitation. */
export type Ignored = 'unreadable' | 'expired' | 'sharer gone' | 'own card'

/** `sharer`: who the card names, as the database knows them; null when there is no such user. */
export const whyIgnored = (
  share: { expiresAt: Date } | null,
  { sharer, openid, nowMs }: { sharer: User | null; openid: string; nowMs: number },
): Ignored | null => {
  if (share === null) return 'unreadable'
  if (share.expiresAt.getTime() <= nowMs) return 'expired'
  if (sharer === null || sharer.status === UserStatus.closed) return 'sharer gone'
  return sharer.openid === openid ? 'own card' : null
}
