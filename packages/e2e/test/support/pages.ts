/** Pages of the mini-program, and paths of the API. */
export const HOME = 'pages/index/index'
export const CENTRE = 'pages/ucenter/index/index'
export const LOGIN = 'pages/auth/login/login'
export const AGREEMENT = 'pages/auth/agreement/agreement'
export const PHONE = 'pages/ucenter/phone/phone'
export const DEVICES = 'pages/ucenter/devices/devices'
export const REMINDERS = 'pages/ucenter/reminders/reminders'
export const SETTINGS = 'pages/ucenter/settings/settings'
export const PROFILE = 'pages/ucenter/profile/profile'
export const MEETINGS = 'pages/meeting/list/list'
export const MEETING = 'pages/meeting/detail/detail'
export const NOTICES = 'pages/notice/list/list'
export const EDIT_MEETING = 'packages/meeting/edit/edit'
export const MEETING_PEOPLE = 'packages/meeting/people/people'
export const CHECK_IN = 'pages/meeting/check_in/check_in'
export const CHECK_IN_CODE = 'packages/meeting/code/code'
export const PICK_PEOPLE = 'packages/meeting/pick/pick'
export const VOTES = 'pages/vote/list/list'
export const VOTE = 'pages/vote/detail/detail'
export const CALL_VOTE = 'packages/meeting/vote/vote'
export const VOTE_RECORD = 'packages/meeting/vote-record/vote-record'
export const PICK_ROOM = 'packages/meeting/room/room'
export const JOIN = 'pages/join/join'
export const ORG = 'pages/org/org'
export const INVITATIONS = 'packages/admin/invitations/invitations'
export const REQUESTS = 'packages/admin/requests/requests'
export const MEMBERS = 'packages/admin/members/members'
export const MEMBER = 'packages/admin/member/member'
export const DEPARTMENTS = 'packages/admin/departments/departments'
export const ADMIN_MEETINGS = 'packages/admin/meetings/meetings'
export const ROOMS = 'packages/admin/rooms/rooms'
export const ROOM = 'packages/admin/room/room'
export const POLICY = 'packages/admin/policy/policy'
export const AUDIT = 'packages/admin/audit/audit'
export const DATA = 'pages/ucenter/data/data'
export const LICENCES = 'pages/ucenter/licences/licences'

export const HOME_PATH = '/wx/home/index'
export const LOGIN_PATH = '/wx/auth/login_by_weixin'
export const PHONE_LOGIN_PATH = '/wx/auth/login_by_phone'
export const PROFILE_PATH = '/wx/user/index'
export const EDIT_PATH = '/wx/user/profile'
export const AVATAR_PATH = '/wx/user/avatar'
export const SESSIONS_PATH = '/wx/auth/sessions'
export const CONSENTS_PATH = '/wx/notice/consents'
export const BIND_PATH = '/wx/auth/bind_phone'
/** Asked by the home page at each look. */
export const MINE_PATH = '/wx/org/mine'
export const CHECK_IN_PATH = '/wx/meeting/check_in'
export const JOIN_PATH = '/wx/org/join'
export const DATA_PATH = '/wx/user/data'
export const CLOSE_PATH = '/wx/user/close_account'

/** Selectors that several files use. */
export const FAILURE = ['failure-card', '.text'] as const
export const PHONE_BUTTON = '.bind'
export const LOGIN_BUTTON = '.submit'
export const PHONE_LOGIN_BUTTON = '.by-phone'
/** A meeting in a list, and its title. */
export const CARD = ['meeting-card', '.card'] as const
export const CARD_TITLE = ['meeting-card', '.title'] as const
/** A vote in a list. */
export const VOTE_CARD = ['vote-card', '.card'] as const
export const VOTE_TITLE = ['vote-card', '.title'] as const
/** On the sign-in page: the box by which the user agrees, and the sheet that asks for it. */
export const AGREE = '.agree'
export const AGREE_SHEET = ['agreement-sheet', '.agree'] as const
/** On the sheet by which the user agrees to WeChat's privacy guidelines. */
export const PRIVACY_AGREE = ['privacy-sheet', '.agree'] as const
/** Sends the number again that a sign-in by phone number failed with. */
export const RETRY_PHONE = '.retry'
export const RETRY = ['failure-card', '.retry'] as const
