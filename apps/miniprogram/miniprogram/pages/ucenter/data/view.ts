import type {
  PersonalAccount,
  PersonalDataResult,
  PersonalEvent,
  PersonalSession,
} from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { localDate, localDateTime } from '../../../utils/time'
import { KINDS, REASONS } from './words'

const { ownData } = messages

export type Line = { name: string; value: string }
export type Place = { id: string; name: string; current: boolean; texts: string[] }
export type Happening = { id: number; name: string; text: string }

/** More than anybody reads on a phone, and less than a bridge between two threads minds. */
const SHOWN = 20

/** Nothing of the person stays in the page's data. */
export const NOTHING = {
  isLoaded: false,
  account: [] as Line[],
  phone: [] as Line[],
  devices: [] as Place[],
  moreDevices: '',
  activity: [] as Happening[],
  moreActivity: '',
}

/** What is kept, in groups; this device is the first of its group, the newest of each follow. */
export const toView = (kept: PersonalDataResult, now = Date.now()): typeof NOTHING => {
  const { account, events, eventsComplete } = kept
  const sessions = [...kept.sessions].sort(
    (a, b) =>
      Number(b.current) - Number(a.current) || Date.parse(b.createdAt) - Date.parse(a.createdAt),
  )
  const isCut = events.length <= SHOWN && !eventsComplete

  return {
    isLoaded: true,
    account: accountLines(account),
    phone: phoneLines(account),
    devices: sessions.slice(0, SHOWN).map((session) => toPlace(session, now)),
    moreDevices: moreThan(sessions.length),
    activity: events.slice(0, SHOWN).map(toHappening),
    moreActivity: isCut ? ownData.older : moreThan(events.length),
  }
}

const moreThan = (count: number): string =>
  count > SHOWN ? fillIn(ownData.more, { count: count - SHOWN }) : ''

const accountLines = (account: PersonalAccount): Line[] =>
  linesOf([
    [ownData.nickName, account.nickName],
    [ownData.avatar, account.avatarUrl],
    [ownData.gender, ['', ownData.male, ownData.female][account.gender]],
    [ownData.birthday, account.birthday],
    [ownData.memberSince, localDate(account.memberSince)],
    [ownData.lastLogin, localDateTime(account.lastLoginAt)],
    [ownData.lastIp, account.lastLoginIp],
    [ownData.publicId, account.publicId],
    [ownData.openid, account.openid],
    [ownData.unionid, account.unionid],
  ])

const phoneLines = ({ phone, phoneBoundAt, mobile }: PersonalAccount): Line[] =>
  linesOf([
    // Kept as `86-15612345677`.
    [ownData.phone, phone ? `+${phone.replace('-', ' ')}` : ownData.noPhone],
    [ownData.phoneBoundAt, phoneBoundAt && localDateTime(phoneBoundAt)],
    [ownData.oldMobile, mobile],
  ])

const linesOf = (pairs: [string, string | null | undefined][]): Line[] =>
  pairs.flatMap(([name, value]) => (value ? [{ name, value }] : []))

const toPlace = (session: PersonalSession, now: number): Place => {
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

const toHappening = ({ at, kind, outcome, ip }: PersonalEvent, id: number): Happening => ({
  id,
  name: KINDS[kind] ?? kind,
  text: [localDateTime(at), ip && fillIn(ownData.fromIp, { ip }), outcome === 'ok' ? '' : outcome]
    .filter(Boolean)
    .join(' · '),
})
