import { PersonalAccount, PersonalEvent, PersonalSession } from '@oa/contracts'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_FIELDS, EVENT_FIELDS, SESSION_FIELDS } from '../src/account/personal-data-sql.ts'
import { Prisma } from '../src/generated/mysql/client.ts'

type Decision = { shownAs: string } | { leftOut: string }
type Decisions<Field extends string> = Record<Field, Decision>

/** Each column is shown to the user or left out for a reason; one without a decision does not compile. */
const ACCOUNT: Decisions<Prisma.WxUserScalarFieldEnum> = {
  id: { leftOut: 'internal row number; never leaves the server' },
  publicId: { shownAs: 'publicId' },
  appId: { leftOut: 'about the mini-program, not about the user' },
  openid: { shownAs: 'openid' },
  unionid: { shownAs: 'unionid' },
  username: {
    leftOut: 'equal to publicId; in an adopted row, a login name that nothing here uses',
  },
  nickName: { shownAs: 'nickName' },
  avatarUrl: { shownAs: 'avatarUrl' },
  pendingAvatarUrl: { shownAs: 'pendingAvatarUrl' },
  profileNotice: { shownAs: 'profileNotice' },
  gender: { shownAs: 'gender' },
  birthday: { shownAs: 'birthday' },
  mobile: { shownAs: 'mobile' },
  phone: { shownAs: 'phone' },
  phoneBoundAt: { shownAs: 'phoneBoundAt' },
  userLevel: { shownAs: 'userLevel' },
  status: { leftOut: 'always active for a user who can call the export' },
  statusReason: { leftOut: 'empty while the account is active' },
  statusCode: { leftOut: 'empty while the account is active' },
  statusNote: { leftOut: 'for operators only, and empty while the account is active' },
  addTime: { shownAs: 'memberSince' },
  updateTime: {
    leftOut: 'when this server last wrote the row; the login events say what happened',
  },
  lastLoginTime: { shownAs: 'lastLoginAt' },
  lastLoginIp: { shownAs: 'lastLoginIp' },
  deleted: { leftOut: 'from adopted tables; false for a user who can call the export' },
  // Whether, not by whom: that is about another user.
  shareUserId: { shownAs: 'invited' },
}

const SESSION: Decisions<Prisma.WxSessionScalarFieldEnum> = {
  id: { shownAs: 'id' },
  userId: { leftOut: 'the caller' },
  deviceId: {
    leftOut: 'a random value of the client; a caller who knows it could end the session',
  },
  deviceName: { shownAs: 'deviceName' },
  ip: { shownAs: 'ip' },
  userAgent: { shownAs: 'userAgent' },
  createdAt: { shownAs: 'createdAt' },
  lastSeenAt: { shownAs: 'lastSeenAt' },
  idleExpiresAt: { shownAs: 'expiresAt' },
  absoluteExpiresAt: { shownAs: 'expiresAt' },
  endedAt: { shownAs: 'endedAt' },
  endedReason: { shownAs: 'endedReason' },
  sealedSessionKey: { leftOut: 'a secret between WeChat and this server' },
}

const EVENT: Decisions<Prisma.LoginEventScalarFieldEnum> = {
  id: { leftOut: 'internal row number' },
  at: { shownAs: 'at' },
  kind: { shownAs: 'kind' },
  outcome: { shownAs: 'outcome' },
  appId: { leftOut: 'about the mini-program, not about the user' },
  userId: { leftOut: 'the caller' },
  sessionId: { leftOut: 'the session is shown itself, with the same times and address' },
  ip: { shownAs: 'ip' },
  userAgent: { shownAs: 'userAgent' },
  requestId: { leftOut: 'identifies a log line, which contains no personal data' },
}

/** Rows that only help to keep what the account shows. */
const NOT_SHOWN = {
  ContentCheck: 'the name or picture that WeChat is asked about is shown in the account',
  Picture: 'the picture itself is shown in the account',
}

it('every table has decisions about its columns', () => {
  expect(Object.keys(Prisma.ModelName).sort()).toEqual(
    [...Object.keys(NOT_SHOWN), 'LoginEvent', 'WxSession', 'WxUser'].sort(),
  )
})

describe.each([
  ['wx_user', Prisma.WxUserScalarFieldEnum, ACCOUNT, ACCOUNT_FIELDS, PersonalAccount],
  ['wx_session', Prisma.WxSessionScalarFieldEnum, SESSION, SESSION_FIELDS, PersonalSession],
  ['login_event', Prisma.LoginEventScalarFieldEnum, EVENT, EVENT_FIELDS, PersonalEvent],
] as const)('%s', (_table, columns, decisions, read, shown) => {
  const names = (wanted: 'shownAs' | 'leftOut') =>
    Object.entries<Decision>(decisions).filter(([, decision]) => wanted in decision)

  it('has a decision for every column', () => {
    expect(Object.keys(decisions).sort()).toEqual(Object.keys(columns).sort())
  })

  it('is read only in the columns that are shown', () => {
    const shownColumns = names('shownAs').map(([column]) => column)
    expect(Object.keys(read).sort()).toEqual(shownColumns.sort())
  })

  it('is shown in exactly the fields of the response schema', () => {
    const fields = names('shownAs').map(([, decision]) => 'shownAs' in decision && decision.shownAs)
    const made = shown === PersonalSession ? ['current'] : []
    expect([...new Set([...fields, ...made])].sort()).toEqual(Object.keys(shown.properties).sort())
  })
})
