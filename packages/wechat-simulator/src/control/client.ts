import type { PlatformCertificate } from '../api-security/platform-certificates.ts'
import type { Call } from '../calls.ts'
import type { Fault, FaultInput } from '../faults/fault.ts'
import type { Message } from '../platform/messages.ts'
import type { PrivacyDecision } from '../platform/privacy.ts'
import type { Settings, SettingsInput } from '../platform/settings.ts'
import type { Template } from '../platform/subscriptions.ts'
import type { ClientKey } from '../platform/user-encrypt-keys.ts'
import type { VerdictRule } from '../platform/verdicts.ts'
import type { Delivery } from '../push/pushes.ts'
import type { AppView, CheckSessionResult, PersonView } from './actions.ts'
import type { PhoneDetail, UserInfoAnswer } from './client-answers.ts'
import type { PrivacySetting } from './consent.ts'
import { ControlError } from './control-error.ts'
import type { NicknameReview } from './profile-checks.ts'
import type {
  AppChange,
  AppInput,
  AppRequest,
  AvatarRequest,
  CertificateChange,
  CheckSessionRequest,
  LoginRequest,
  NicknameRequest,
  PageViewRequest,
  PersonRequest,
  PhoneCodeRequest,
  PrivacyAnswerRequest,
  PrivacyRequest,
  PushRequest,
  SettingChange,
  SubscribeOfferRequest,
  SubscribeRequest,
  UserEventRequest,
  UserInfoRequest,
  UserMessageRequest,
} from './schemas/index.ts'
import type { SettingAnswer } from './settings-page.ts'
import type { SubscribeAnswer, SubscribeItem } from './subscribe.ts'

/** Drives a simulator; every call rejects with a ControlError when it cannot be done. */
export interface Control {
  createApp: (app: AppInput) => Promise<AppView>
  /** Changes the given fields of an app. */
  changeApp: (change: AppChange) => Promise<AppView>
  apps: () => Promise<AppView[]>
  /** What API安全 lets an app download once it has a public key; the newest first. */
  platformCertificates: (request: AppRequest) => Promise<PlatformCertificate[]>
  /** Adds a certificate beside the current one (`begin`), or removes the older one (`end`). */
  changePlatformCertificate: (change: CertificateChange) => Promise<PlatformCertificate[]>
  /** Creates a person, or changes the given fields of an existing one. */
  createPerson: (person: PersonRequest) => Promise<PersonView>
  people: () => Promise<PersonView[]>
  /** What wx.login does on that person's phone. */
  login: (request: LoginRequest) => Promise<{ code: string }>
  /** Counts page views, with `person` as a visit; resolves to the page views of today. */
  pageView: (request: PageViewRequest) => Promise<{ today: number }>
  /** What wx.checkSession answers; with `session_key`, whether that key is the valid one. */
  checkSession: (request: CheckSessionRequest) => Promise<CheckSessionResult>
  /** What a tapped getPhoneNumber (`realtime`: getRealtimePhoneNumber) button passes to the page. */
  phoneCode: (request: PhoneCodeRequest) => Promise<PhoneDetail>
  /** What wx.getUserInfo or wx.getUserProfile answers, sealed with the current session_key. */
  userInfo: (request: UserInfoRequest) => Promise<UserInfoAnswer>
  /** WeChat's check of a nickname that was typed; one that does not pass is cleared. */
  checkNickname: (request: NicknameRequest) => Promise<NicknameReview>
  /** WeChat's check of a chosen picture; one that does not pass fires no chooseavatar event. */
  checkAvatar: (request: AvatarRequest) => Promise<{ pass: boolean }>
  /** Ends the person's session_key, as WeChat does of its own accord. */
  endSession: (request: LoginRequest) => Promise<void>
  /** What wx.getPrivacySetting answers. */
  privacySetting: (request: LoginRequest) => Promise<PrivacySetting>
  /** Whether a client API that needs the person's consent is granted, asks or fails. */
  requestPrivacy: (request: PrivacyRequest) => Promise<PrivacyDecision>
  /** The person answers the privacy dialog. */
  answerPrivacy: (request: PrivacyAnswerRequest) => Promise<PrivacySetting>
  addTemplate: (template: Template) => Promise<Template>
  /** The templates that the dialog of wx.requestSubscribeMessage would show; changes nothing. */
  offerSubscribe: (
    request: SubscribeOfferRequest,
  ) => Promise<{ shown: SubscribeItem[] } | SubscribeAnswer>
  /** What wx.requestSubscribeMessage answers; an accepted template is good for one message. */
  requestSubscribe: (request: SubscribeRequest) => Promise<SubscribeAnswer>
  /** What wx.getSetting answers, subscriptions included. */
  setting: (request: LoginRequest) => Promise<SettingAnswer>
  /** What the person chooses on the app's settings page, or on a message. */
  changeSetting: (change: SettingChange) => Promise<void>
  /** Subscription and customer-service messages as people got them, oldest first. */
  messages: () => Promise<Message[]>
  /** What getLatestUserKey of the user crypto manager answers. */
  userEncryptKey: (request: LoginRequest) => Promise<ClientKey>
  /** Pushes any message to the app's server; resolves to one delivery for each time. */
  push: (request: PushRequest) => Promise<Delivery[]>
  /** Pushes that a person has changed, withdrawn or cancelled what the app may know. */
  userEvent: (request: UserEventRequest) => Promise<Delivery[]>
  /** A person writes to the app. */
  userMessage: (request: UserMessageRequest) => Promise<Delivery[]>
  /** A person opens the conversation with the app without writing. */
  userEnter: (request: LoginRequest) => Promise<Delivery[]>
  /** Whether the app's server answers WeChat's check of its push address. */
  verifyPush: (request: AppRequest) => Promise<{ ok: boolean }>
  /** The last pushed messages and how their delivery went, oldest first. */
  pushes: () => Promise<Delivery[]>
  /** Sets the verdict of the checks on texts, URLs and files, nicknames and avatars included. */
  addVerdict: (rule: VerdictRule) => Promise<VerdictRule>
  settings: () => Promise<Settings>
  /** Changes the given settings; quotas by path. */
  changeSettings: (settings: SettingsInput) => Promise<Settings>
  addFault: (fault: FaultInput) => Promise<Fault>
  faults: () => Promise<Fault[]>
  clearFaults: () => Promise<void>
  /** Every call seen since (ms), oldest first, without secrets. */
  calls: (filter?: { path?: string; since?: number }) => Promise<Call[]>
  /** Moves the simulator's clock forward; resolves to the new time in ms. */
  advanceClock: (ms: number) => Promise<number>
  now: () => Promise<number>
  /** Restores the state of the start. */
  reset: () => Promise<void>
}

/** A client of the control API of the simulator at `url`, for this or any other process. */
export const createControl = (url: string): Control => {
  const get = <T>(path: string) => call<T>(url, 'GET', path)
  const post = <T>(path: string, body: object) => call<T>(url, 'POST', path, body)

  return {
    createApp: (app) => post('/apps', app),
    changeApp: (change) => post('/apps/change', change),
    apps: () => get('/apps'),
    platformCertificates: (request) => post('/platform-certificates', request),
    changePlatformCertificate: (change) => post('/platform-certificates/change', change),
    createPerson: (person) => post('/people', person),
    people: () => get('/people'),
    login: (request) => post('/login', request),
    pageView: (request) => post('/page-view', request),
    checkSession: (request) => post('/check-session', request),
    phoneCode: (request) => post('/phone-code', request),
    userInfo: (request) => post('/user-info', request),
    checkNickname: (request) => post('/check-nickname', request),
    checkAvatar: (request) => post('/check-avatar', request),
    endSession: (request) => post('/end-session', request),
    privacySetting: (request) => post('/privacy-setting', request),
    requestPrivacy: (request) => post('/privacy-request', request),
    answerPrivacy: (request) => post('/privacy-answer', request),
    addTemplate: (template) => post('/templates', template),
    offerSubscribe: (request) => post('/subscribe-offer', request),
    requestSubscribe: (request) => post('/subscribe', request),
    setting: (request) => post('/setting', request),
    changeSetting: (change) => post('/setting/change', change),
    messages: () => get('/messages'),
    userEncryptKey: (request) => post('/user-encrypt-key', request),
    push: (request) => post('/push', request),
    userEvent: (request) => post('/user-event', request),
    userMessage: (request) => post('/user-message', request),
    userEnter: (request) => post('/user-enter', request),
    verifyPush: (request) => post('/verify-push', request),
    pushes: () => get('/pushes'),
    addVerdict: (rule) => post('/verdicts', rule),
    settings: () => get('/settings'),
    changeSettings: (settings) => post('/settings', settings),
    addFault: (fault) => post('/faults', fault),
    faults: () => get('/faults'),
    clearFaults: () => call(url, 'DELETE', '/faults'),
    calls: ({ path, since } = {}) => get(`/calls${queryOf({ path, since })}`),
    advanceClock: async (ms) => (await post<{ now: number }>('/clock', { ms })).now,
    now: async () => (await get<{ now: number }>('/clock')).now,
    reset: () => post('/reset', {}),
  }
}

const call = async <T>(url: string, method: string, path: string, body?: object): Promise<T> => {
  const response = await fetch(`${url}/_control${path}`, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) {
    const { message, errcode } = answer as { message: string; errcode?: number }
    throw new ControlError(response.status, message, errcode)
  }

  // The server is the same package: its routes answer what Control declares.
  return answer as T
}

const queryOf = (values: Record<string, string | number | undefined>) => {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) query.set(key, String(value))
  }

  return query.size === 0 ? '' : `?${query}`
}
