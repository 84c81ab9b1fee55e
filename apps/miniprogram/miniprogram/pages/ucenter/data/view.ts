import type {
  PersonalAccount,
  PersonalDataResult,
  PersonalEvent,
  PersonalMembership,
  PersonalSession,
} from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { levelName } from '../../../ui/level'
import { roleName, stateName } from '../../../ui/member'
import { localDate, localDateTime } from '../../../utils/time'
import { kinds, reasons } from './words'

const { ownData, org } = messages

export type Field = { name: string; value: string }
export type Device = { id: string; name: string; current: boolean; texts: string[] }
export type Activity = { id: number; name: string; text: string }

/** The page shows the newest of each group; the copy has all of them. */
const SHOWN = 20

/** The page's data without any personal data. */
export const EMPTY = {
  isLoaded: false,
  account: [] as Field[],
  phone: [] as Field[],
  memberships: [] as { id: string; orgName: string; fields: Field[] }[],
  devices: [] as Device[],
  moreDevices: '',
  activity: [] as Activity[],
  moreActivity: '',
}

/** The kept data in groups, the newest first; this device comes before the others. */
export const toView = (kept: PersonalDataResult, now = Date.now()): typeof EMPTY => {
  const { account, events, eventsComplete } = kept
  const sessions = [...kept.sessions].sort(
    (a, b) =>
      Number(b.current) - Number(a.current) || Date.parse(b.createdAt) - Date.parse(a.createdAt),
  )
  const isCut = events.length <= SHOWN && !eventsComplete

  return {
    isLoaded: true,
    account: [...accountFields(account), ...noticeFields(kept)],
    phone: phoneFields(account),
    memberships: kept.memberships.map(toMembership),
    devices: sessions.slice(0, SHOWN).map((session) => toDevice(session, now)),
    moreDevices: moreThan(sessions.length),
    activity: events.slice(0, SHOWN).map(toActivity),
    moreActivity: isCut ? ownData.older : moreThan(events.length),
  }
}

const moreThan = (count: number): string =>
  count > SHOWN ? fillIn(ownData.more, { count: count - SHOWN }) : ''

const accountFields = (account: PersonalAccount): Field[] =>
  toFields([
    [ownData.nickName, account.nickName],
    [ownData.avatar, account.avatarUrl],
    [ownData.gender, ['', ownData.male, ownData.female][account.gender]],
    [ownData.birthday, account.birthday],
    [ownData.userLevel, levelName(account.userLevel)],
    [ownData.invited, account.invited ? ownData.yes : ''],
    [ownData.memberSince, localDate(account.memberSince)],
    [ownData.lastLogin, localDateTime(account.lastLoginAt)],
    [ownData.lastIp, account.lastLoginIp],
    [ownData.publicId, account.publicId],
    [ownData.openid, account.openid],
    [ownData.unionid, account.unionid],
  ])

const noticeFields = ({ agreements, consents, newDevices }: PersonalDataResult): Field[] => {
  const count = consents.reduce((sum, { left }) => sum + left, 0)
  const arrivals = newDevices.map(
    ({ deviceName, at }) => `${deviceName || ownData.unknownDevice} ${localDateTime(at)}`,
  )
  const agreed = agreements.map(({ version, agreedAt }) =>
    fillIn(ownData.agreedVersion, { version, at: localDateTime(agreedAt) }),
  )

  return toFields([
    [ownData.agreement, agreed.join('\n')],
    [ownData.reminders, count > 0 ? fillIn(ownData.remindersLeft, { count }) : ''],
    [ownData.newDevice, arrivals.join('\n')],
  ])
}

const phoneFields = ({ phone, phoneBoundAt, mobile }: PersonalAccount): Field[] =>
  toFields([
    // Stored as `86-15612345677`.
    [ownData.phone, phone ? `+${phone.replace('-', ' ')}` : ownData.noPhone],
    [ownData.phoneBoundAt, phoneBoundAt && localDateTime(phoneBoundAt)],
    [ownData.oldMobile, mobile],
  ])

const toMembership = (membership: PersonalMembership) => ({
  id: membership.id,
  orgName: membership.orgName,
  fields: toFields([
    [org.state, stateName(membership.state)],
    [org.role, roleName(membership.role)],
    [org.myName, membership.name],
    [org.title, membership.title],
    [org.department, membership.department],
    [org.rosterPhone, membership.phoneLast4],
    [org.reason, membership.reason],
    [org.requestedAt, membership.requestedAt && localDateTime(membership.requestedAt)],
    [org.decidedAt, membership.decidedAt && localDateTime(membership.decidedAt)],
    [org.joinedAt, membership.joinedAt && localDateTime(membership.joinedAt)],
    [org.leftAt, membership.leftAt && localDateTime(membership.leftAt)],
    [org.memberId, membership.id],
  ]),
})

const toFields = (pairs: [string, string | null | undefined][]): Field[] =>
  pairs.flatMap(([name, value]) => (value ? [{ name, value }] : []))

const toDevice = (session: PersonalSession, now: number): Device => {
  const { id, deviceName, current, createdAt, lastSeenAt, ip } = session

  return {
    id,
    current,
    name: deviceName || ownData.unknownDevice,
    texts: [
      fillIn(ownData.signedIn, { at: localDateTime(createdAt) }),
      fillIn(ownData.lastSeen, { at: localDateTime(lastSeenAt) }),
      ip && fillIn(ownData.fromIp, { ip }),
      stateOf(session, now),
    ].filter(Boolean),
  }
}

const stateOf = ({ endedAt, endedReason, expiresAt }: PersonalSession, now: number): string => {
  if (!endedAt) return Date.parse(expiresAt) <= now ? ownData.expired : ownData.live
  const at = localDateTime(endedAt)
  const why = endedReason ? reasons()[endedReason] : undefined

  return why ? fillIn(ownData.endedBy, { at, why }) : fillIn(ownData.endedAt, { at })
}

const toActivity = ({ at, kind, outcome, ip }: PersonalEvent, id: number): Activity => ({
  id,
  name: kinds()[kind] ?? kind,
  text: [localDateTime(at), ip && fillIn(ownData.fromIp, { ip }), outcome === 'ok' ? '' : outcome]
    .filter(Boolean)
    .join(' · '),
})
