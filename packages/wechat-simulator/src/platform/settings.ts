import type { SealingSettings } from '../api-security/sealing-settings.ts'
import { SEALING } from '../api-security/sealing-settings.ts'

/** How often one endpoint may be called; 0 is no limit. A day is a day in Beijing. */
export interface Quota {
  perSecond?: number
  perMinute?: number
  perDay?: number
  perPersonPerMinute?: number
  /** What WeChat answers when the second is spent: 44990 by default. */
  secondErrcode?: number
  /** When the minute is spent: 45011 by default. */
  minuteErrcode?: number
  /** When the day is spent: 45009 by default. */
  dayErrcode?: number
  /** Endpoints that share their day have the same name here. */
  dayGroup?: string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const NUMBERS = {
  /** Life of a wx.login code. WeChat: 5 minutes. */
  codeTtlMs: 5 * MINUTE,
  /** Life of an unused session_key; use renews it. WeChat does not publish it. */
  sessionKeyTtlMs: 3 * DAY,
  /** wx.login keeps the session_key while it is younger than this. WeChat does not publish it. */
  sessionKeyMinRefreshMs: 5 * MINUTE,
  /**
   * How often a person may call wx.login per second, and an app per day and page view; the same for
   * wx.checkSession, getSetting, getUserInfo and getUserProfile. WeChat: 4 and 2, the latter applied
   * a day later; 0 (no limit) here.
   * https://developers.weixin.qq.com/miniprogram/dev/framework/performance/api-frequency.html
   */
  clientCallsPerSecond: 0,
  clientCallsPerPageView: 0,
  /** Life of an access_token. */
  tokenTtlMs: 2 * HOUR,
  /** How long the access_token before the newest stays valid. */
  tokenOverlapMs: 5 * MINUTE,
  forceRefreshPerDay: 20,
  /** force_refresh sooner than this after the last one answers the same token. */
  forceRefreshGapMs: 30 * SECOND,
  phoneCodeTtlMs: 5 * MINUTE,
  /** Phone numbers an app may ask for with each kind of button, unless the app says otherwise. */
  phoneQuota: 1000,
  realtimePhoneQuota: 1000,
  /** msg_sec_check and similar endpoints accept people who used the app this recently. */
  recentUseMs: 2 * HOUR,
  /** How long a media check takes, in real time. */
  mediaCheckDelayMs: 0,
  pushTimeoutMs: 5 * SECOND,
  pushTries: 3,
  /** Real time between two tries of a push. WeChat does not publish it. */
  pushRetryDelayMs: 0,
  /** getwxacode and createwxaqrcode together; never reset. */
  permanentCodes: 100_000,
  /** Distinct pages that getwxacodeunlimit leaves unchecked; never reset. */
  uncheckedPages: 60_000,
  /** Templates in one wx.requestSubscribeMessage. */
  subscribeMaxTemplates: 5,
  /** How long after a person's message an app may answer, and how often. */
  customMessageWindowMs: 48 * HOUR,
  customMessagesPerWindow: 5,
  /** The same after a person entered the conversation. */
  customEntryWindowMs: MINUTE,
  customMessagesPerEntry: 2,
  mediaTtlMs: 3 * DAY,
  userEncryptKeyTtlMs: HOUR,
  /** After a refused privacy dialog no other one is shown for this long. */
  privacyCooldownMs: 10 * SECOND,
  /** The largest number of people; a named code creates no more then. */
  maxPeople: 200_000,
  /** How many calls are remembered. */
  rememberedCalls: 1000,
}

// Answers that no page of WeChat confirms.
const ERRCODES = {
  expiredCode: 40029,
  codeOfOtherApp: 40029,
  missingAppid: 41002,
  missingSecret: 41004,
  badGrantType: 40002,
  malformedToken: 40014,
  supersededToken: 40001,
  wrongSecret: 40125,
  bannedToken: 50007,
  checkedKeyGone: 87009,
  usedPhoneCode: 40029,
  phoneCodeOfOtherPerson: 40029,
  tooManyPages: 45029,
  codeOfUnpublished: 41030,
  contentTooLong: 45002,
  badMediaUrl: 40048,
  riskForOtherApp: 40013,
  unsealedCall: 40233,
  replayedNonce: 40235,
}

const LINKS: Quota = { perSecond: 100, perDay: 500_000, dayErrcode: 44993, dayGroup: 'links' }

const QUOTAS: Readonly<Record<string, Quota>> = {
  '/sns/jscode2session': { perPersonPerMinute: 100 },
  '/cgi-bin/token': { perDay: 2000 },
  '/cgi-bin/stable_token': { perMinute: 10_000, perDay: 500_000 },
  '/wxa/resetusersessionkey': { perMinute: 60_000 },
  '/wxa/msg_sec_check': { perMinute: 4000, minuteErrcode: 44991, perDay: 2_000_000 },
  '/wxa/media_check_async': { perMinute: 2000, minuteErrcode: 44991, perDay: 200_000 },
  '/wxa/getwxacodeunlimit': { perMinute: 5000, minuteErrcode: 45009 },
  '/wxa/generatescheme': LINKS,
  '/wxa/generate_urllink': LINKS,
  '/cgi-bin/message/subscribe/send': { perDay: 10_000_000 },
}

/** Every value that WeChat does not publish, or that a test may want to be smaller. */
export type Settings = typeof NUMBERS & {
  errcodes: typeof ERRCODES
  /** By path of the endpoint; what is given replaces the default of that path alone. */
  quotas: Readonly<Record<string, Quota>>
  /** Whether a Chinese phoneNumber carries +86 too, or only foreign ones their country code. */
  phonePrefix: 'foreign' | 'always'
  /** Whether a nickname or avatar that WeChat would review by hand passes. */
  reviewedProfile: 'pass' | 'refuse'
  /** Calls that are signed and encrypted. */
  sealing: SealingSettings
}

/** Settings as a caller gives them: what is left out keeps its default. */
export type SettingsInput = Partial<Omit<Settings, 'errcodes' | 'sealing'>> & {
  errcodes?: Partial<Settings['errcodes']>
  sealing?: Partial<SealingSettings>
}

const DEFAULTS: Settings = {
  ...NUMBERS,
  errcodes: ERRCODES,
  quotas: QUOTAS,
  phonePrefix: 'foreign',
  reviewedProfile: 'pass',
  sealing: SEALING,
}

export const settingNames = Object.keys(NUMBERS)
export const errcodeNames = Object.keys(ERRCODES)

export const createSettings = (input: SettingsInput = {}): Settings =>
  mergeSettings(DEFAULTS, input)

export const mergeSettings = (base: Settings, input: SettingsInput): Settings => ({
  ...base,
  ...input,
  quotas: { ...base.quotas, ...input.quotas },
  errcodes: { ...base.errcodes, ...input.errcodes },
  sealing: { ...base.sealing, ...input.sealing },
})
