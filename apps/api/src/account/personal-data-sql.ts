import type { LoginEvent } from '../audit/login-event.ts'
import type { Engine } from '../infra/database/engine.ts'
import { partOf, replyOf } from '../meetings/rows.ts'
import { memberStateOf } from '../org/membership.ts'
import { roleOf } from '../org/role.ts'
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
      const memberships = await tx.orgMember.findMany({
        where: { userId },
        select: MEMBERSHIP_FIELDS,
        orderBy: { id: 'asc' },
      })
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
      const mine = { member: { userId } }
      const meetings = await tx.meetingParticipant.findMany({
        where: mine,
        select: PLACE_FIELDS,
        orderBy: [{ startsAt: 'desc' }, { meetingId: 'desc' }],
        take: limits.events + 1,
      })
      const votes = await tx.voteElector.findMany({
        where: { ...mine, vote: { openedAt: { not: null } } },
        select: ELECTOR_FIELDS,
        orderBy: { voteId: 'desc' },
        take: limits.events + 1,
      })
      const choices = await tx.voteChoice.findMany({
        where: mine,
        select: CHOICE_FIELDS,
        orderBy: [{ castAt: 'desc' }, { optionId: 'asc' }],
        take: limits.events + 1,
      })
      const notices = await tx.notice.findMany({
        where: mine,
        select: NOTICE_FIELDS,
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limits.events + 1,
      })
      const consents = await tx.messageConsent.findMany({
        where: { userId },
        select: CONSENT_FIELDS,
        orderBy: { templateId: 'asc' },
      })
      const agreements = await tx.agreement.findMany({
        where: { userId },
        select: AGREEMENT_FIELDS,
        orderBy: { agreedAt: 'desc' },
      })
      const newDevices = await tx.newDevice.findMany({
        where: { userId },
        select: NEW_DEVICE_FIELDS,
        orderBy: { at: 'desc' },
      })
      const { shareUserId, ...shown } = account
      return {
        // The values of all three are kept by CHECK constraints, or written by this server alone.
        account: {
          ...shown,
          gender: account.gender as User['gender'],
          invited: shareUserId !== null,
        },
        memberships: memberships.map(({ org, department, status, role, ...rest }) => ({
          ...rest,
          orgName: org.name,
          department: department?.name ?? null,
          state: memberStateOf(status),
          role: roleOf(role),
        })),
        meetings: meetings.slice(0, limits.events).map(({ meeting, role, reply, ...rest }) => ({
          ...rest,
          title: meeting.title,
          part: partOf(role),
          reply: replyOf(reply),
        })),
        votes: votes
          .slice(0, limits.events)
          .map(({ vote, ...rest }) => ({ ...rest, title: vote.title })),
        choices: choices.slice(0, limits.events).map(({ vote, option, castAt }) => ({
          title: vote.title,
          choice: option.text,
          castAt,
        })),
        notices: notices.slice(0, limits.events),
        sessions: sessions.map((session) => ({
          ...session,
          endedReason: session.endedReason as EndReason | null,
        })),
        events: events
          .slice(0, limits.events)
          .map((event) => ({ ...event, kind: event.kind as LoginEvent['kind'] })),
        consents: consents.map(({ credit: left, ...consent }) => ({ ...consent, left })),
        agreements,
        newDevices,
        eventsComplete: [events, meetings, votes, choices, notices].every(
          ({ length }) => length <= limits.events,
        ),
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

export const CONSENT_FIELDS = { templateId: true, credit: true, changedAt: true } as const

export const AGREEMENT_FIELDS = { version: true, agreedAt: true } as const

export const NEW_DEVICE_FIELDS = { deviceName: true, ip: true, at: true } as const
/** Names of the company and the department stand for their numbers. */
export const MEMBERSHIP_FIELDS = {
  publicId: true,
  status: true,
  role: true,
  name: true,
  title: true,
  phoneLast4: true,
  decisionReason: true,
  requestedAt: true,
  decidedAt: true,
  joinedAt: true,
  leftAt: true,
  org: { select: { name: true } },
  department: { select: { name: true } },
} as const

/** The title of the meeting stands for its number. */
export const PLACE_FIELDS = {
  role: true,
  reply: true,
  replyReason: true,
  repliedAt: true,
  seenAt: true,
  startsAt: true,
  checkedInAt: true,
  checkInWay: true,
  checkInReason: true,
  meeting: { select: { title: true } },
} as const

/** The title of the vote stands for its number. */
export const ELECTOR_FIELDS = {
  voted: true,
  struck: true,
  vote: { select: { title: true } },
} as const

export const CHOICE_FIELDS = {
  castAt: true,
  vote: { select: { title: true } },
  option: { select: { text: true } },
} as const

export const NOTICE_FIELDS = { kind: true, at: true, readAt: true, params: true } as const

/** The server's database user may read these columns of login_event and no others. */
export const EVENT_FIELDS = {
  at: true,
  kind: true,
  outcome: true,
  ip: true,
  userAgent: true,
} as const
