import type {
  AuthInfoResult,
  LoginByWeixinRequest,
  LoginByWeixinResult,
  LogoutAllResult,
  SessionParams,
  SessionsResult,
} from './auth.ts'
import type { EmptyResult } from './envelope.ts'
import type { LoginByPhoneRequest, LoginByPhoneResult } from './login-by-phone.ts'
import type { CloseAccountRequest, PersonalDataResult } from './personal-data.ts'
import type { BindPhoneRequest, BindPhoneResult } from './phone.ts'
import type { ProfileResult, UpdateProfileRequest } from './profile.ts'
import type { ShareResult } from './share.ts'
import type { UserIndexResult } from './user.ts'

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
  '/wx/user/data': { GET: Route<undefined, PersonalDataResult> }
  '/wx/user/close_account': { POST: Route<CloseAccountRequest, EmptyResult> }
}
