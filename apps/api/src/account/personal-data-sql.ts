import type { LoginEvent } from '../audit/login-event.ts'
import type { Engine } from '../infra/database/engine.ts'
import type { EndReason } from '../sessions/session.ts'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import type { PersonalData } from './personal-data.ts'

export type PersonalDataStore = ReturnType<typeof createPersonalDataStore>

export const createPersonalDataStore = (engine: Engine) => ({
  /** Read in one transaction, so that the parts belong together. Null unless the account is active. */
  read: (userId: number, limits: { events: number }): Promise<PersonalData | null> =>
    engine.transact(async (tx) => {
      const account = await tx.wxUser.findFirst({
        where: { id: userId, status: UserStatus.active },
        select: ACCOUNT_FIELDS,
      })
      if (account === null) return null
      const sessions = await tx.wxSession.findMany({
        where: { userId },
        select: SESSION_FIELDS,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      })
      const events = await tx.loginEvent.findMany({
        where: { userId },
        select: EVENT_FIELDS,
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limits.events + 1,
      })
      const { shareUserId, ...shown } = account
      return {
        // The values of all three are kept by CHECK constraints, or written by this server alone.
        account: {
          ...shown,
          gender: account.gender as User['gender'],
          invited: shareUserId !== null,
        },
        sessions: sessions.map((session) => ({
          ...session,
          endedReason: session.endedReason as EndReason | null,
        })),
        events: events
          .slice(0, limits.events)
          .map((event) => ({ ...event, kind: event.kind as LoginEvent['kind'] })),
        eventsComplete: events.length <= limits.events,
      }
    }),
})

/** What is shown of each table. A test knows a reason for every column that is not. */
export const ACCOUNT_FIELDS = {
  publicId: true,
  openid: true,
  unionid: true,
  nickName: true,
  avatarUrl: true,
  pendingAvatarUrl: true,
  profileNotice: true,
  gender: true,
  birthday: true,
  mobile: true,
  phone: true,
  phoneBoundAt: true,
  addTime: true,
  lastLoginTime: true,
  lastLoginIp: true,
  userLevel: true,
  shareUserId: true,
} as const

export const SESSION_FIELDS = {
  id: true,
  deviceName: true,
  ip: true,
  userAgent: true,
  createdAt: true,
  lastSeenAt: true,
  idleExpiresAt: true,
  absoluteExpiresAt: true,
  endedAt: true,
  endedReason: true,
} as const

/** The server's database user may read these columns of login_event and no others. */
export const EVENT_FIELDS = {
  at: true,
  kind: true,
  outcome: true,
  ip: true,
  userAgent: true,
} as const
