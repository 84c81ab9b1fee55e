import {
  PersonalAccount,
  PersonalAgreement,
  PersonalChoice,
  PersonalConsent,
  PersonalEvent,
  PersonalMeeting,
  PersonalMembership,
  PersonalNewDevice,
  PersonalNotice,
  PersonalSession,
  PersonalVote,
} from '@oa/contracts'
import { describe, expect, it } from 'vitest'
import {
  ACCOUNT_FIELDS,
  AGREEMENT_FIELDS,
  CHOICE_FIELDS,
  CONSENT_FIELDS,
  ELECTOR_FIELDS,
  EVENT_FIELDS,
  MEMBERSHIP_FIELDS,
  NEW_DEVICE_FIELDS,
  NOTICE_FIELDS,
  PLACE_FIELDS,
  SESSION_FIELDS,
} from '../src/account/personal-data-sql.ts'
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

const CONSENT: Decisions<Prisma.MessageConsentScalarFieldEnum> = {
  userId: { leftOut: 'the caller' },
  templateId: { shownAs: 'templateId' },
  credit: { shownAs: 'left' },
  unreported: { leftOut: 'how many reports of WeChat are still to come; says nothing of the user' },
  changedAt: { shownAs: 'changedAt' },
}

const AGREEMENT: Decisions<Prisma.AgreementScalarFieldEnum> = {
  userId: { leftOut: 'the caller' },
  version: { shownAs: 'version' },
  agreedAt: { shownAs: 'agreedAt' },
}

const NEW_DEVICE: Decisions<Prisma.NewDeviceScalarFieldEnum> = {
  userId: { leftOut: 'the caller' },
  deviceKey: {
    leftOut: 'a random value of the client; a caller who knows it could end the session',
  },
  deviceName: { shownAs: 'deviceName' },
  ip: { shownAs: 'ip' },
  at: { shownAs: 'at' },
  hidden: { leftOut: 'on which device it was seen, which says nothing of the user' },
}
const MEMBERSHIP: Decisions<Prisma.OrgMemberScalarFieldEnum> = {
  id: { leftOut: 'internal row number' },
  publicId: { shownAs: 'id' },
  orgId: { shownAs: 'orgName' },
  userId: { leftOut: 'the caller' },
  status: { shownAs: 'state' },
  role: { shownAs: 'role' },
  name: { shownAs: 'name' },
  title: { shownAs: 'title' },
  departmentId: { shownAs: 'department' },
  phoneHash: { leftOut: 'a keyed hash of the number, whose end is shown' },
  phoneLast4: { shownAs: 'phoneLast4' },
  invitationId: { leftOut: 'about who invited, not about the user' },
  decidedBy: { leftOut: 'about who decided, not about the user' },
  decidedAt: { shownAs: 'decidedAt' },
  decisionReason: { shownAs: 'reason' },
  requestedAt: { shownAs: 'requestedAt' },
  joinedAt: { shownAs: 'joinedAt' },
  leftAt: { shownAs: 'leftAt' },
  version: { leftOut: 'how often the row was written' },
}
const PLACE: Decisions<Prisma.MeetingParticipantScalarFieldEnum> = {
  meetingId: { shownAs: 'title' },
  memberId: { leftOut: 'the caller' },
  role: { shownAs: 'part' },
  reply: { shownAs: 'reply' },
  replyReason: { shownAs: 'reason' },
  repliedAt: { shownAs: 'repliedAt' },
  seenAt: { shownAs: 'seenAt' },
  startsAt: { shownAs: 'startsAt' },
  isCancelled: { leftOut: 'of the meeting, which is not the user’s own' },
  checkedInAt: { shownAs: 'checkedInAt' },
  checkInWay: { shownAs: 'checkInWay' },
  checkedInBy: { leftOut: 'about who recorded it, not about the user' },
  checkInReason: { shownAs: 'checkInReason' },
}

const ELECTOR: Decisions<Prisma.VoteElectorScalarFieldEnum> = {
  voteId: { shownAs: 'title' },
  memberId: { leftOut: 'the caller' },
  voted: { shownAs: 'voted' },
  struck: { shownAs: 'struck' },
}

const CHOICE: Decisions<Prisma.VoteChoiceScalarFieldEnum> = {
  voteId: { shownAs: 'title' },
  memberId: { leftOut: 'the caller' },
  optionId: { shownAs: 'choice' },
  castAt: { shownAs: 'castAt' },
}

const NOTICE: Decisions<Prisma.NoticeScalarFieldEnum> = {
  id: { leftOut: 'internal row number' },
  orgId: { leftOut: 'about a company; the memberships show it' },
  memberId: { leftOut: 'the caller' },
  kind: { shownAs: 'kind' },
  meetingId: { leftOut: 'the words name the meeting' },
  voteId: { leftOut: 'the words name the vote' },
  onceKey: { leftOut: 'keeps an event from being told twice' },
  params: { shownAs: 'words' },
  at: { shownAs: 'at' },
  readAt: { shownAs: 'readAt' },
}

/** They are read as the names of what the columns number. */
const READ_AS: Record<string, string> = {
  org: 'orgId',
  department: 'departmentId',
  meeting: 'meetingId',
  vote: 'voteId',
  option: 'optionId',
}

/** Rows that only help to keep what the account shows. */
const NOT_SHOWN = {
  ContentCheck: 'the name or picture that WeChat is asked about is shown in the account',
  ConsentPush: 'a digest that names nobody',
  Picture: 'the picture itself is shown in the account',
  Org: 'about a company, not about a user',
  Department: 'about a company, not about a user',
  OrgInvitation: 'about a company; holds nothing about who came by it',
  Meeting: 'about a company; where the user takes part is shown in the meetings',
  Vote: 'about a company; where the user may vote is shown in the votes',
  VoteOption: 'about a company, not about a user',
  VoteBallot: 'of a secret vote: nobody knows whose it is',
  MeetingScreen: 'a link to the codes of a meeting, which names nobody but who made it',
  Outbox: 'messages about lines of the inbox, which are shown; done ones keep no words',
  Room: 'about a company, not about a user',
  RoomSlot: 'about a company, not about a user',
  OperatorAudit:
    'what operators did, for their supervisors; what became of the user is in the login events',
  AuditEvent: 'the record of a company; what became of the user is shown in the membership',
}

it('every table has decisions about its columns', () => {
  expect(Object.keys(Prisma.ModelName).sort()).toEqual(
    [
      ...Object.keys(NOT_SHOWN),
      ...['Agreement', 'LoginEvent', 'MeetingParticipant', 'MessageConsent', 'NewDevice', 'Notice'],
      ...['OrgMember', 'VoteChoice', 'VoteElector', 'WxSession', 'WxUser'],
    ].sort(),
  )
})

describe.each([
  ['wx_user', Prisma.WxUserScalarFieldEnum, ACCOUNT, ACCOUNT_FIELDS, PersonalAccount],
  ['wx_session', Prisma.WxSessionScalarFieldEnum, SESSION, SESSION_FIELDS, PersonalSession],
  [
    'org_member',
    Prisma.OrgMemberScalarFieldEnum,
    MEMBERSHIP,
    MEMBERSHIP_FIELDS,
    PersonalMembership,
  ],
  [
    'meeting_participant',
    Prisma.MeetingParticipantScalarFieldEnum,
    PLACE,
    PLACE_FIELDS,
    PersonalMeeting,
  ],
  ['vote_elector', Prisma.VoteElectorScalarFieldEnum, ELECTOR, ELECTOR_FIELDS, PersonalVote],
  ['vote_choice', Prisma.VoteChoiceScalarFieldEnum, CHOICE, CHOICE_FIELDS, PersonalChoice],
  ['notice', Prisma.NoticeScalarFieldEnum, NOTICE, NOTICE_FIELDS, PersonalNotice],
  ['login_event', Prisma.LoginEventScalarFieldEnum, EVENT, EVENT_FIELDS, PersonalEvent],
  [
    'message_consent',
    Prisma.MessageConsentScalarFieldEnum,
    CONSENT,
    CONSENT_FIELDS,
    PersonalConsent,
  ],
  ['agreement', Prisma.AgreementScalarFieldEnum, AGREEMENT, AGREEMENT_FIELDS, PersonalAgreement],
  ['new_device', Prisma.NewDeviceScalarFieldEnum, NEW_DEVICE, NEW_DEVICE_FIELDS, PersonalNewDevice],
] as const)('%s', (_table, columns, decisions, read, shown) => {
  const names = (wanted: 'shownAs' | 'leftOut') =>
    Object.entries<Decision>(decisions).filter(([, decision]) => wanted in decision)

  it('has a decision for every column', () => {
    expect(Object.keys(decisions).sort()).toEqual(Object.keys(columns).sort())
  })

  it('is read only in the columns that are shown', () => {
    const shownColumns = names('shownAs').map(([column]) => column)
    const readColumns = Object.keys(read).map((column) => READ_AS[column] ?? column)
    expect(readColumns.sort()).toEqual(shownColumns.sort())
  })

  it('is shown in exactly the fields of the response schema', () => {
    const fields = names('shownAs').map(([, decision]) => 'shownAs' in decision && decision.shownAs)
    const made = shown === PersonalSession ? ['current'] : []
    expect([...new Set([...fields, ...made])].sort()).toEqual(Object.keys(shown.properties).sort())
  })
})
