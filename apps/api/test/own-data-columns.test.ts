import { PersonalAccount, PersonalEvent, PersonalSession } from '@oa/contracts'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_FIELDS, EVENT_FIELDS, SESSION_FIELDS } from '../src/account/personal-data-sql.ts'
import { Prisma } from '../src/generated/mysql/client.ts'

type Decision = { shownAs: string } | { leftOut: string }
type Decisions<Field extends string> = Record<Field, Decision>

/** Nothing about a person may be kept that nobody has decided to show him, or not to, and why. */
const ACCOUNT: Decisions<Prisma.WxUserScalarFieldEnum> = {
  id: { leftOut: 'counts rows; never leaves the server' },
  publicId: { shownAs: 'publicId' },
  appId: { leftOut: 'of the mini-program, not of the person' },
  openid: { shownAs: 'openid' },
  unionid: { shownAs: 'unionid' },
  username: {
    leftOut: 'the publicId again; of an adopted row a login name that nothing here uses',
  },
  nickName: { shownAs: 'nickName' },
  avatarUrl: { shownAs: 'avatarUrl' },
  gender: { shownAs: 'gender' },
  birthday: { shownAs: 'birthday' },
  mobile: { shownAs: 'mobile' },
  phone: { shownAs: 'phone' },
  phoneBoundAt: { shownAs: 'phoneBoundAt' },
  userLevel: { leftOut: 'of adopted tables; nothing here writes or reads it' },
  status: { leftOut: 'usable, for everybody who can ask' },
  statusReason: { leftOut: 'empty while the account is usable' },
  statusCode: { leftOut: 'empty while the account is usable' },
  statusNote: { leftOut: 'for operators alone, and empty while the account is usable' },
  addTime: { shownAs: 'memberSince' },
  updateTime: { leftOut: 'when this server last wrote the row; the events say what happened' },
  lastLoginTime: { shownAs: 'lastLoginAt' },
  lastLoginIp: { shownAs: 'lastLoginIp' },
  deleted: { leftOut: 'of adopted tables; false for everybody who can ask' },
  shareUserId: { leftOut: 'of adopted tables: names somebody else' },
}

const SESSION: Decisions<Prisma.WxSessionScalarFieldEnum> = {
  id: { shownAs: 'id' },
  userId: { leftOut: 'the caller' },
  deviceId: { leftOut: 'drawn at random by the client; who has it could end the session' },
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
  id: { leftOut: 'counts rows' },
  at: { shownAs: 'at' },
  kind: { shownAs: 'kind' },
  outcome: { shownAs: 'outcome' },
  appId: { leftOut: 'of the mini-program, not of the person' },
  userId: { leftOut: 'the caller' },
  sessionId: { leftOut: 'the session is shown itself, with the same times and address' },
  ip: { shownAs: 'ip' },
  userAgent: { shownAs: 'userAgent' },
  requestId: { leftOut: 'finds a line in the log, which holds nothing of the person' },
}

it('every table is one of those that were decided on', () => {
  expect(Object.keys(Prisma.ModelName).sort()).toEqual(['LoginEvent', 'WxSession', 'WxUser'])
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

  it('is read as far as it is shown, and no further', () => {
    const shownColumns = names('shownAs').map(([column]) => column)
    expect(Object.keys(read).sort()).toEqual(shownColumns.sort())
  })

  it('is shown by fields that the answer has, and the answer has no others', () => {
    const fields = names('shownAs').map(([, decision]) => 'shownAs' in decision && decision.shownAs)
    const made = shown === PersonalSession ? ['current'] : []
    expect([...new Set([...fields, ...made])].sort()).toEqual(Object.keys(shown.properties).sort())
  })
})
