import type {
  CheckInByHandRequest,
  CheckInByHandResult,
  CheckInCodeResult,
  CheckInRequest,
  CheckInResult,
  LiveResult,
  MakeScreenRequest,
  ScreenResult,
} from './attendance.ts'
import type {
  AuthInfoResult,
  LoginByWeixinRequest,
  LoginByWeixinResult,
  LogoutAllResult,
  SeeNewDevicesRequest,
  SessionParams,
  SessionsResult,
} from './auth.ts'
import type {
  AddDepartmentRequest,
  DepartmentResult,
  DepartmentsResult,
  UpdateDepartmentRequest,
} from './department.ts'
import type { EmptyResult } from './envelope.ts'
import type { HomeResult } from './home.ts'
import type { InboxParams, InboxResult, ReadInboxRequest, UnreadResult } from './inbox.ts'
import type { LoginByPhoneRequest, LoginByPhoneResult } from './login-by-phone.ts'
import type { MeetingPeopleResult, MeetingResult, MeetingsResult } from './meeting.ts'
import type {
  AdminMeetingsParams,
  AuditMeetingRequest,
  CancelMeetingRequest,
  ChangedMeetingResult,
  ChangeMeetingRequest,
  CopiedMeetingsResult,
  CopyMeetingRequest,
  CreatedMeetingResult,
  CreateMeetingRequest,
  EndedMeetingResult,
  EndMeetingRequest,
  ExtendMeetingRequest,
  MeetingPeopleParams,
  MeetingsParams,
  RemindedResult,
  ReplyRequest,
  UpdatedMeetingResult,
  UpdateMeetingRequest,
} from './meeting-requests.ts'
import type {
  AdminMember,
  AdminMembersParams,
  AdminMembersResult,
  DecideJoinRequest,
  JoinRequestsParams,
  JoinRequestsResult,
  MembersParams,
  MembersResult,
  UpdateMemberRequest,
  VersionResult,
} from './member.ts'
import type { ConsentsResult, ReportConsentsRequest } from './notice.ts'
import type {
  InvitationParams,
  InvitationResult,
  ItemParams,
  JoinRequest,
  LeaveRequest,
  Membership,
  MembershipsResult,
  OrgParams,
} from './org.ts'
import type {
  AuditParams,
  AuditResult,
  InvitationCodeRequest,
  InvitationCodeResult,
  InvitationsResult,
  MadeInvitationResult,
  MakeInvitationRequest,
  PolicyResult,
  SendNoticeRequest,
  SentNoticeResult,
  UpdatePolicyRequest,
} from './org-admin.ts'
import type { CloseAccountRequest, PersonalDataResult } from './personal-data.ts'
import type { BindPhoneRequest, BindPhoneResult } from './phone.ts'
import type { ProfileResult, UpdateProfileRequest } from './profile.ts'
import type {
  AddRoomRequest,
  FreeRoomsParams,
  RoomDayParams,
  RoomDayResult,
  RoomResult,
  RoomsResult,
  UpdateRoomRequest,
} from './room.ts'
import type { ShareResult } from './share.ts'
import type { UserIndexResult } from './user.ts'
import type {
  BallotsResult,
  CastResult,
  ChangedVoteResult,
  CreatedVoteResult,
  VoteElectorsResult,
  VoteResult,
  VotesResult,
} from './vote.ts'
import type {
  CancelVoteRequest,
  CastVoteRequest,
  ChangeVoteRequest,
  CreateVoteRequest,
  UpdateVoteRequest,
  VotePageParams,
  VotesParams,
} from './vote-requests.ts'

type Route<Request, Result, Params = undefined> = {
  request: Request
  result: Result
  params: Params
}

/** Path → method → request and result. A client typed by it cannot request what the API does not offer. */
export type ApiRoutes = {
  '/wx/auth/login_by_weixin': { POST: Route<LoginByWeixinRequest, LoginByWeixinResult> }
  '/wx/auth/login_by_phone': { POST: Route<LoginByPhoneRequest, LoginByPhoneResult> }
  '/wx/auth/logout': { POST: Route<undefined, EmptyResult> }
  '/wx/auth/logout_all': { POST: Route<undefined, LogoutAllResult> }
  '/wx/auth/sessions': { GET: Route<undefined, SessionsResult> }
  '/wx/auth/sessions/:id': { DELETE: Route<undefined, EmptyResult, SessionParams> }
  '/wx/auth/new_devices_seen': { POST: Route<SeeNewDevicesRequest, EmptyResult> }
  '/wx/auth/bind_phone': { POST: Route<BindPhoneRequest, BindPhoneResult> }
  '/wx/auth/info': { GET: Route<undefined, AuthInfoResult> }
  '/wx/user/index': { GET: Route<undefined, UserIndexResult> }
  '/wx/user/profile': {
    GET: Route<undefined, ProfileResult>
    PATCH: Route<UpdateProfileRequest, ProfileResult>
    /** The same, because `wx.request` has no PATCH. */
    POST: Route<UpdateProfileRequest, ProfileResult>
  }
  /** A file in a multipart form, which `wx.uploadFile` sends. */
  '/wx/user/avatar': { POST: Route<undefined, ProfileResult> }
  '/wx/user/share': { GET: Route<undefined, ShareResult> }
  '/wx/notice/consents': {
    GET: Route<undefined, ConsentsResult>
    POST: Route<ReportConsentsRequest, ConsentsResult>
  }
  '/wx/user/data': { GET: Route<undefined, PersonalDataResult> }
  '/wx/user/close_account': { POST: Route<CloseAccountRequest, EmptyResult> }
  /** The request of a GET is its query. */
  '/wx/org/invitation': { GET: Route<InvitationParams, InvitationResult> }
  '/wx/org/join': { POST: Route<JoinRequest, Membership> }
  '/wx/org/mine': { GET: Route<undefined, MembershipsResult> }
  '/wx/org/leave': { POST: Route<LeaveRequest, EmptyResult> }
  '/wx/org/members': { GET: Route<MembersParams, MembersResult> }
  '/wx/org/departments': { GET: Route<OrgParams, DepartmentsResult> }
  '/wx/admin/invitations': {
    GET: Route<OrgParams, InvitationsResult>
    POST: Route<MakeInvitationRequest, MadeInvitationResult>
  }
  '/wx/admin/invitations/:id': { DELETE: Route<undefined, EmptyResult, ItemParams> }
  '/wx/admin/invitations/:id/code': {
    POST: Route<InvitationCodeRequest, InvitationCodeResult, ItemParams>
  }
  '/wx/admin/join_requests': { GET: Route<JoinRequestsParams, JoinRequestsResult> }
  '/wx/admin/join_requests/:id/decide': {
    POST: Route<DecideJoinRequest, VersionResult, ItemParams>
  }
  '/wx/admin/members': { GET: Route<AdminMembersParams, AdminMembersResult> }
  '/wx/admin/members/:id': {
    GET: Route<undefined, AdminMember, ItemParams>
    POST: Route<UpdateMemberRequest, VersionResult, ItemParams>
  }
  '/wx/admin/departments': { POST: Route<AddDepartmentRequest, DepartmentResult> }
  '/wx/admin/departments/:id': {
    POST: Route<UpdateDepartmentRequest, DepartmentResult, ItemParams>
    DELETE: Route<undefined, EmptyResult, ItemParams>
  }
  '/wx/admin/notices': { POST: Route<SendNoticeRequest, SentNoticeResult> }
  '/wx/admin/policy': {
    GET: Route<OrgParams, PolicyResult>
    POST: Route<UpdatePolicyRequest, PolicyResult>
  }
  '/wx/home/index': { GET: Route<undefined, HomeResult> }
  '/wx/meeting/list': { GET: Route<MeetingsParams, MeetingsResult> }
  '/wx/meeting': { POST: Route<CreateMeetingRequest, CreatedMeetingResult> }
  '/wx/meeting/:id': { GET: Route<undefined, MeetingResult, ItemParams> }
  '/wx/meeting/:id/people': { GET: Route<MeetingPeopleParams, MeetingPeopleResult, ItemParams> }
  '/wx/meeting/:id/update': { POST: Route<UpdateMeetingRequest, UpdatedMeetingResult, ItemParams> }
  '/wx/meeting/:id/submit': { POST: Route<ChangeMeetingRequest, ChangedMeetingResult, ItemParams> }
  '/wx/meeting/:id/audit': { POST: Route<AuditMeetingRequest, ChangedMeetingResult, ItemParams> }
  '/wx/meeting/:id/withdraw': {
    POST: Route<ChangeMeetingRequest, ChangedMeetingResult, ItemParams>
  }
  '/wx/meeting/:id/start': { POST: Route<ChangeMeetingRequest, ChangedMeetingResult, ItemParams> }
  '/wx/meeting/:id/extend': { POST: Route<ExtendMeetingRequest, ChangedMeetingResult, ItemParams> }
  '/wx/meeting/:id/end': { POST: Route<EndMeetingRequest, EndedMeetingResult, ItemParams> }
  '/wx/meeting/:id/cancel': { POST: Route<CancelMeetingRequest, ChangedMeetingResult, ItemParams> }
  '/wx/meeting/:id/delete': { POST: Route<ChangeMeetingRequest, EmptyResult, ItemParams> }
  '/wx/meeting/:id/copy': { POST: Route<CopyMeetingRequest, CopiedMeetingsResult, ItemParams> }
  '/wx/meeting/:id/seen': { POST: Route<undefined, EmptyResult, ItemParams> }
  '/wx/meeting/:id/reply': { POST: Route<ReplyRequest, EmptyResult, ItemParams> }
  '/wx/meeting/:id/remind': { POST: Route<undefined, RemindedResult, ItemParams> }
  '/wx/meeting/:id/check_in_code': { GET: Route<undefined, CheckInCodeResult, ItemParams> }
  '/wx/meeting/check_in': { POST: Route<CheckInRequest, CheckInResult> }
  '/wx/meeting/:id/check_in_by_hand': {
    POST: Route<CheckInByHandRequest, CheckInByHandResult, ItemParams>
  }
  '/wx/meeting/:id/live': { GET: Route<undefined, LiveResult, ItemParams> }
  '/wx/meeting/:id/screen': {
    POST: Route<MakeScreenRequest, ScreenResult, ItemParams>
    DELETE: Route<undefined, EmptyResult, ItemParams>
  }
  '/wx/room/list': { GET: Route<OrgParams, RoomsResult> }
  '/wx/room/free': { GET: Route<FreeRoomsParams, RoomsResult> }
  '/wx/room/:id/day': { GET: Route<RoomDayParams, RoomDayResult, ItemParams> }
  '/wx/admin/rooms': { POST: Route<AddRoomRequest, RoomResult> }
  '/wx/admin/rooms/:id': { POST: Route<UpdateRoomRequest, VersionResult, ItemParams> }
  '/wx/vote/list': { GET: Route<VotesParams, VotesResult> }
  '/wx/vote': { POST: Route<CreateVoteRequest, CreatedVoteResult> }
  '/wx/vote/:id': { GET: Route<undefined, VoteResult, ItemParams> }
  '/wx/vote/:id/update': { POST: Route<UpdateVoteRequest, ChangedVoteResult, ItemParams> }
  '/wx/vote/:id/open': { POST: Route<ChangeVoteRequest, ChangedVoteResult, ItemParams> }
  '/wx/vote/:id/close': { POST: Route<ChangeVoteRequest, ChangedVoteResult, ItemParams> }
  '/wx/vote/:id/cancel': { POST: Route<CancelVoteRequest, ChangedVoteResult, ItemParams> }
  '/wx/vote/:id/cast': { POST: Route<CastVoteRequest, CastResult, ItemParams> }
  '/wx/vote/:id/electors': { GET: Route<VotePageParams, VoteElectorsResult, ItemParams> }
  '/wx/vote/:id/ballots': { GET: Route<VotePageParams, BallotsResult, ItemParams> }
  '/wx/notice/list': { GET: Route<InboxParams, InboxResult> }
  '/wx/notice/read': { POST: Route<ReadInboxRequest, UnreadResult> }
  '/wx/admin/meetings': { GET: Route<AdminMeetingsParams, MeetingsResult> }
  '/wx/admin/audit': { GET: Route<AuditParams, AuditResult> }
}
