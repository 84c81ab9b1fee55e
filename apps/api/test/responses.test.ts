import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApi } from './support/route-table.ts'
import { callRow, EVERYTHING_ON, namesIn, ROWS } from './support/route-table.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

/** Every field of the routes for users and of the health routes. */
const FOR_USERS = [
  ...['avatarUrl', 'createdAt', 'current', 'data', 'deviceCount', 'deviceName', 'ended'],
  ...['endedSessions', 'errmsg', 'errno', 'expiresAt', 'gender', 'id', 'ip', 'lastLoginAt'],
  ...['lastSeenAt', 'memberSince', 'mobile', 'nickName', 'session', 'sessions', 'token'],
  ...['shareId', 'tokenExpire', 'userInfo', 'userLevel'],
  ...['birthday', 'version', 'pictureState', 'notice'],
  ...[
    'place',
    'zh',
    'en',
    'newDevices',
    'at',
    'sessionId',
    'templates',
    'kind',
    'left',
    'countedBy',
  ],
  ...['checks', 'database', 'redis', 'wechat'],
  ...['memberships', 'orgId', 'orgName', 'memberId', 'name', 'title', 'department', 'role'],
  ...[
    'state',
    'reason',
    'needsApproval',
    'mine',
    'mayConvene',
    'items',
    'next',
    'departments',
    'sort',
    'people',
  ],
  ...['meetingCounts', 'hosting', 'attending', 'unanswered', 'approving', 'unread', 'infoList'],
  ...['guest', 'stateCode', 'startsAt', 'endsAt', 'location', 'room', 'host', 'myRoles', 'myReply'],
  ...['counts', 'yes', 'no', 'none', 'seen', 'may', 'details', 'agenda', 'creator', 'recorder'],
  ...['sent', 'noConsent', 'unknown', 'waiting', 'failed', 'messages'],
  ...['auditor', 'sequence', 'myReason', 'mySeenAt', 'reply', 'repliesReset', 'ids', 'reminded'],
  ...['rooms', 'capacity', 'equipment', 'opensMin', 'closesMin', 'maxMin', 'disabled'],
  ...['spans', 'from', 'to', 'meetingId', 'read', 'voting', 'votes', 'mayAddVote', 'closedVotes'],
  ...['voteId', 'secrecy', 'meeting', 'electors', 'cast', 'iAmElector', 'iVoted', 'closesAt'],
  ...['outcome', 'detail', 'changeable', 'results', 'options', 'meaning', 'tally', 'min'],
  ...['max', 'rule', 'quorumPercent', 'electorate', 'memberIds', 'struck', 'myChoice', 'openedAt'],
  ...['closedAt', 'revealing', 'counted', 'voted', 'optionIds'],
  ...['codes', 'text', 'svg', 'now', 'everyMs', 'present', 'checkedInAt', 'status', 'url'],
  ...[
    'myCheckedIn',
    'myCheckedInAt',
    'myStatus',
    'myCheckInWay',
    'checkInOpensAt',
    'checkInWay',
    'checkInBy',
    'checkInReason',
  ],
  ...['opensAt', 'timeZone', 'late'],
]
const FOR_ADMINISTRATORS = [
  ...['data', 'errmsg', 'errno', 'id', 'name', 'title', 'department', 'role', 'state', 'reason'],
  ...['items', 'next', 'version', 'avatarUrl', 'nickName', 'phoneLast4', 'joinedAt', 'requestedAt'],
  ...['invitedBy', 'invitations', 'invitation', 'path', 'picture', 'needsApproval', 'maxUses'],
  ...['uses', 'over', 'createdAt', 'createdBy', 'expiresAt', 'approval', 'memberMayConvene'],
  ...[
    'orgId',
    'stateCode',
    'voting',
    'myCheckedIn',
    'startsAt',
    'endsAt',
    'location',
    'room',
    'host',
    'people',
    'myRoles',
  ],
  ...[
    'myReply',
    'lateAfterMin',
    'checkInOpensMin',
    'reach',
    'remindMin',
    'at',
    'kind',
    'actor',
    'subject',
    'about',
    'detail',
  ],
]
/** In the envelope of clients of another article; `data` is the token. */
const FOR_FOREIGN_CLIENTS = ['code', 'message', 'data']
const FOR_SERVICES = ['access_token', 'disabled', 'expires_in', 'msgId', 'openid', 'unionid']
/** Every field of the export of own data. */
const OF_EXPORT = [
  ...['data', 'errmsg', 'errno', 'exportedAt', 'account', 'sessions', 'events', 'eventsComplete'],
  ...['publicId', 'openid', 'unionid', 'nickName', 'avatarUrl', 'gender', 'birthday', 'mobile'],
  ...['phone', 'phoneBoundAt', 'memberSince', 'lastLoginAt', 'lastLoginIp'],
  ...['id', 'deviceName', 'createdAt', 'lastSeenAt', 'expiresAt', 'endedAt', 'endedReason'],
  ...['current', 'at', 'kind', 'outcome', 'ip', 'userAgent', 'userLevel', 'invited'],
  ...['pendingAvatarUrl', 'profileNotice'],
  ...['consents', 'templateId', 'left', 'changedAt', 'newDevices'],
  ...['agreements', 'version', 'agreedAt'],
  ...['memberships', 'orgName', 'state', 'role', 'name', 'title', 'department', 'phoneLast4'],
  ...['reason', 'requestedAt', 'decidedAt', 'joinedAt', 'leftAt'],
  ...['meetings', 'startsAt', 'part', 'reply', 'repliedAt', 'seenAt', 'notices', 'readAt', 'words'],
  ...['checkedInAt', 'checkInWay', 'checkInReason'],
  ...['votes', 'voted', 'struck', 'choices', 'choice', 'castAt'],
]

const listenerOf = (path: string) => {
  if (path.startsWith('/internal/')) return 'services'
  if (path.startsWith('/wx/admin/')) return 'administrators of a company'
  if (path.startsWith('/api/')) return 'clients of another article'
  return path === '/wx/user/data' ? 'a user who exports own data' : 'users'
}

describe('responses', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: EVERYTHING_ON })
  })
  afterAll(() => api.close())

  it.each<[string, string[]]>([
    ['users', FOR_USERS],
    ['administrators of a company', FOR_ADMINISTRATORS],
    ['a user who exports own data', OF_EXPORT],
    ['clients of another article', FOR_FOREIGN_CLIENTS],
    ['services', ['data', 'errmsg', 'errno', 'reason', ...FOR_SERVICES]],
  ])('to %s have exactly the listed fields', async (whom, fields) => {
    const { paths } = (await api.app.inject('/docs/json')).json<OpenApi>()
    const schemas = Object.entries(paths)
      .filter(([path]) => listenerOf(path) === whom)
      .flatMap(([, methods]) => Object.values(methods))
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap(({ content = {} }) => Object.values(content).map(({ schema }) => schema ?? {}))

    expect([...new Set(schemas.flatMap(namesIn))].sort()).toEqual(fields.sort())
  })

  it.each(ROWS)('set no cookie and allow no other origin: $route', async (row) => {
    const headers = {
      origin: 'https://evil.example',
      cookie: 'token=x',
      'access-control-request-method': row.method,
    }
    for (const method of [row.method, 'OPTIONS']) {
      const answer = await callRow(api, { ...row, method }, headers)
      expect(Object.keys(answer.headers).join()).not.toMatch(/set-cookie|access-control/)
    }
  })
})
