import type { PersonalDataResult, PersonalSession } from '@oa/contracts'
import { ok, startApi } from './api'
import { openSignedIn } from './start'
import type { Wechat } from './wechat'

export const DATA = 'pages/ucenter/data/data'
export const READ = '/wx/user/data'
export const CLOSE = '/wx/user/close_account'
export const LOGIN = '/wx/auth/login_by_weixin'
export const HERE: PersonalSession = {
  id: '01938a5e-7c1d-7000-8000-000000000001',
  deviceName: 'iPhone 15',
  ip: '192.0.2.1',
  userAgent: 'MicroMessenger/8.0',
  createdAt: '2026-11-20T08:00:00.000Z',
  lastSeenAt: '2026-11-21T08:00:00.000Z',
  expiresAt: '2100-01-01T00:00:00.000Z',
  endedAt: null,
  endedReason: null,
  current: true,
}
export const KEPT: PersonalDataResult = {
  exportedAt: '2026-11-21T08:00:00.000Z',
  account: {
    publicId: '0b9f5e0a-4d5e-4c55-9d5e-7c1d0a8b2c3d',
    openid: 'oAbC-openid',
    unionid: null,
    nickName: '小明😀',
    avatarUrl: '',
    pendingAvatarUrl: '',
    profileNotice: null,
    gender: 0,
    birthday: null,
    mobile: '',
    phone: '86-15612345677',
    phoneBoundAt: '2026-11-20T08:00:00.000Z',
    memberSince: '2026-11-20T08:00:00.000Z',
    lastLoginAt: '2026-11-21T08:00:00.000Z',
    lastLoginIp: '192.0.2.1',
    userLevel: 0,
    invited: false,
  },
  memberships: [],
  meetings: [],
  votes: [],
  choices: [],
  notices: [],
  sessions: [HERE],
  events: [{ at: HERE.createdAt, kind: 'login', outcome: 'ok', ip: '192.0.2.1', userAgent: '' }],
  consents: [],
  agreements: [],
  newDevices: [],
  eventsComplete: true,
}

/** Opens the page for a signed-in user, on top of another page. */
export const openData = async (
  kept: PersonalDataResult = KEPT,
  prepare: (wechat: Wechat) => void = () => {},
) => {
  const api = await startApi()
  api.answers[READ] = ok(kept)

  return openSignedIn(api, DATA, prepare)
}

/** Events of the box that has to be ticked before the account can be closed. */
export const ticked = { detail: { value: ['yes'] } }
export const unticked = { detail: { value: [] } }
