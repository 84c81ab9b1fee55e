import type {
  PersonalAccount,
  PersonalDataResult,
  PersonalEvent,
  PersonalSession,
} from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { levelName } from '../../../ui/level'
import { localDate, localDateTime } from '../../../utils/time'
import { KINDS, REASONS } from './words'

const { ownData } = messages

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
    account: accountFields(account),
    phone: phoneFields(account),
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

const phoneFields = ({ phone, phoneBoundAt, mobile }: PersonalAccount): Field[] =>
  toFields([
    // Stored as `86-15612345677`.
    [ownData.phone, phone ? `+${phone.replace('-', ' ')}` : ownData.noPhone],
    [ownData.phoneBoundAt, phoneBoundAt && localDateTime(phoneBoundAt)],
    [ownData.oldMobile, mobile],
  ])

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
  const why = endedReason ? REASONS[endedReason] : undefined

  return why ? fillIn(ownData.endedBy, { at, why }) : fillIn(ownData.endedAt, { at })
}

const toActivity = ({ at, kind, outcome, ip }: PersonalEvent, id: number): Activity => ({
  id,
  name: KINDS[kind] ?? kind,
  text: [localDateTime(at), ip && fillIn(ownData.fromIp, { ip }), outcome === 'ok' ? '' : outcome]
    .filter(Boolean)
    .join(' · '),
})
