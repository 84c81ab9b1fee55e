import { API_ERRCODES } from './api.ts'
import { API_SECURITY_ERRCODES } from './api-security.ts'
import type { ErrcodeEntry, Errcodes } from './entry.ts'
import { LOGIN_ERRCODES } from './login.ts'
import { TOKEN_ERRCODES } from './token.ts'

/** Every errcode in this client's catalogue. */
export const ERRCODES: Errcodes = {
  ...LOGIN_ERRCODES,
  ...TOKEN_ERRCODES,
  ...API_ERRCODES,
  ...API_SECURITY_ERRCODES,
}

/** The catalogue's entry for an errcode; for a number that it lacks, an entry that says so. */
export const describeErrcode = (errcode: number): ErrcodeEntry => ERRCODES[errcode] ?? UNKNOWN

/** Seconds until WeChat accepts the call again, where the errcode tells; else null. */
export const retryAfterSecondsOf = (errcode: number, now: number = Date.now()): number | null =>
  describeErrcode(errcode).reason === 'quota_exhausted' ? secondsToBeijingMidnight(now) : null

const UNKNOWN: ErrcodeEntry = {
  reason: 'rejected',
  fault: 'us',
  retry: 'no',
  en: 'not in the catalogue; look it up by its rid',
  zh: '未收录的错误码，请凭 rid 查询',
  operator: {
    en: "Look the errcode up in WeChat's global list, or query its rid within 7 days.",
    zh: '查阅微信全局错误码，或在 7 天内用 rid 查询。',
  },
}

const DAY_MS = 86_400_000
const BEIJING_OFFSET_MS = 8 * 3_600_000

const secondsToBeijingMidnight = (now: number) =>
  Math.ceil((DAY_MS - ((now + BEIJING_OFFSET_MS) % DAY_MS)) / 1_000)
