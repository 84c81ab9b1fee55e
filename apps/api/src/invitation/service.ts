import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { UserStore } from '../users/sql.ts'
import type { User } from '../users/user.ts'
import { expiryOfShare, whyIgnored } from './policy.ts'
import type { ShareIds } from './share-id.ts'

type Deps = {
  shareIds: ShareIds
  users: Pick<UserStore, 'findByKey'>
  clock: Clock
  log: Log
}

export type Invitations = ReturnType<typeof createInvitations>

export const createInvitations = ({ shareIds, users, clock, log }: Deps) => {
  const findSharer = async (publicId: string, appId: string): Promise<User | null> => {
    const sharer = await users.findByKey({ publicId })
    return sharer?.appId === appId ? sharer : null
  }

  return {
    /** An id for the cards that this user shares from now on. */
    share({ publicId, appId }: Pick<User, 'publicId' | 'appId'>): {
      shareId: string
      expiresAt: Date
    } {
      const expiresAt = expiryOfShare(clock.now())
      return { shareId: shareIds.issue({ publicId, expiresAt }, appId), expiresAt }
    },

    /** Who invited the owner of that openid by the card; null, and a line in the log, when nobody did. */
    async findInviter(
      shareId: string | undefined,
      { appId, openid }: Pick<User, 'appId' | 'openid'>,
    ): Promise<number | null> {
      if (shareId === undefined) return null
      const share = shareIds.read(shareId, appId)
      const sharer = share === null ? null : await findSharer(share.publicId, appId)
      const reason = whyIgnored(share, { sharer, openid, nowMs: clock.now() })
      if (reason === null) return sharer?.id ?? null
      log.info({ reason }, 'a share id was ignored')
      return null
    },
  }
}
