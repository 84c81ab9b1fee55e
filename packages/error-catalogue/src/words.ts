import type { Words } from '@oa/api/src/errors/words.ts'
import type { Action } from '@oa/miniprogram/miniprogram/net/errno-actions.ts'
import type { ErrcodeEntry, WeChatErrorReason } from '@oa/wechat'

export type Language = keyof Words

/** What each action of the mini-program looks like to its user. */
export const ACTIONS: Record<Action, Words> = {
  renewSession: {
    zh: '静默重新登录，并重发一次请求。仍被拒绝时清除登录态，显示提示语和登录按钮。',
    en: 'Signs in again silently and repeats the request once. Refused again, it forgets the session and shows the text and a button to sign in.',
  },
  signInAgain: {
    zh: '静默重新登录，并重发一次请求。仍被拒绝时保留登录态，显示提示语。',
    en: 'Signs in again silently and repeats the request once. Refused again, it keeps the session and shows the text.',
  },
  useNewCode: {
    zh: '用新的 code 再登录一次。仍被拒绝时显示提示语。',
    en: 'Repeats the sign-in once with a new code. Refused again, it shows the text.',
  },
  signOut: {
    zh: '清除登录态，显示提示语和登录按钮，不会静默登录。',
    en: 'Forgets the session and shows the text and a button to sign in. It never signs in silently.',
  },
  offerRetry: {
    zh: '显示提示语和“重试”，等待服务端要求的时间后可再发。GET 请求在等待不超过 2 秒时先静默重试，最多两次。',
    en: 'Shows the text and a button to try again, after the wait that the server asked for. A GET is first repeated silently, at most twice, when the wait is 2 s or less.',
  },
  reload: {
    zh: '提示后重新加载最新内容。',
    en: 'It says so and loads what it is now.',
  },
  askForNewPhoneCode: {
    zh: '显示提示语、重新获取手机号的按钮，以及当前绑定的号码。',
    en: 'Shows the text, the button for a new phone code, and the number that is bound now.',
  },
  offerContact: {
    zh: '显示提示语和“联系管理员”按钮。',
    en: 'Shows the text and a button to contact an administrator.',
  },
  showText: { zh: '显示提示语。', en: 'Shows the text.' },
}

/** Why a call to WeChat failed, in the terms of the WeChat client. */
export const REASONS: Record<WeChatErrorReason, Words> = {
  code_invalid: {
    zh: 'code 无效、已过期或已使用',
    en: 'The code is unknown, expired or used.',
  },
  risk_blocked: { zh: '微信风控拦截了该用户', en: "WeChat's risk control refuses the user." },
  rate_limited: { zh: '分钟额度已用完', en: 'A quota of the minute is spent.' },
  quota_exhausted: { zh: '当天额度已用完', en: 'A quota of the day is spent.' },
  busy: {
    zh: '微信系统繁忙（errcode -1），重试后仍然繁忙',
    en: 'WeChat says that it is busy (errcode -1), also on the second attempt.',
  },
  misconfigured: {
    zh: 'AppID、AppSecret、IP 白名单、权限或请求有误，重试无用',
    en: 'The appid, AppSecret, IP white-list, a permission or the request is wrong; no retry helps.',
  },
  timeout: { zh: '3 秒内没有完整的响应', en: 'No whole answer arrived within 3 s.' },
  unreachable: { zh: '无法建立连接', en: 'No connection could be made.' },
  tls: {
    zh: '微信服务器的证书或 TLS 版本不被接受',
    en: 'The certificate or TLS version was refused.',
  },
  bad_response: {
    zh: '响应不像微信的：状态码、格式或字段不对，或被截断',
    en: "The answer is not WeChat's: wrong status, no JSON, wrong fields, or cut off.",
  },
  circuit_open: {
    zh: '微信连续失败，熔断中，没有发出请求',
    en: 'Not sent: WeChat has been failing, and the breaker is open for a moment.',
  },
  overloaded: {
    zh: '本进程对微信的并发请求已满，没有发出请求',
    en: 'Not sent: this process has too many calls to WeChat under way.',
  },
  rejected: { zh: '其他 errcode', en: 'Any other errcode.' },
}

const NETWORK: Words = {
  zh: '检查服务器到微信的网络、DNS、代理与防火墙；只是偶发则等待。',
  en: 'Check network, DNS, proxy and firewall between the server and WeChat. If it is rare, wait.',
}
const NOTHING: Words = { zh: '无需处理。', en: 'Nothing.' }
const NEXT_TABLE: Words = {
  zh: '见下面的 errcode 表。',
  en: 'See the table of errcodes below.',
}

/** What an operator does about each reason. */
export const REASON_OPERATOR: Record<WeChatErrorReason, Words> = {
  code_invalid: NOTHING,
  risk_blocked: {
    zh: '服务端无法解除，由用户在微信中处理。',
    en: 'The server cannot lift it; the user follows the notices in WeChat.',
  },
  rate_limited: {
    zh: '等待一分钟；持续出现时查明调用过多的来源。',
    en: 'Wait a minute. If it stays, find what calls so often.',
  },
  quota_exhausted: NEXT_TABLE,
  busy: { zh: '等待微信恢复。', en: 'Wait for WeChat.' },
  misconfigured: NEXT_TABLE,
  timeout: NETWORK,
  unreachable: NETWORK,
  tls: {
    zh: '检查 `WX_API_BASE`、系统证书与服务器时钟；可能有中间设备在替换证书。',
    en: 'Check `WX_API_BASE`, the certificates of the system and its clock. A proxy in between may replace certificates.',
  },
  bad_response: NETWORK,
  circuit_open: {
    zh: '查看之前的失败，熔断只是其结果。',
    en: 'Look at the failures before it, which opened the breaker.',
  },
  overloaded: {
    zh: '微信响应慢或登录过多：等待；经常出现时增加进程。',
    en: 'WeChat is slow, or too many users sign in at once: wait. If it is frequent, run more processes.',
  },
  rejected: NEXT_TABLE,
}

/** What an operator does about an errcode of these reasons whose entry does not say it. */
const ERRCODE_OPERATOR: Partial<Record<WeChatErrorReason, Words>> = {
  misconfigured: {
    zh: '按“含义”一栏核对配置；配置无误时，把日志中的这一行交给开发人员。',
    en: 'Compare the configuration with the meaning of the errcode. If it is right, give the log line to the developers.',
  },
  quota_exhausted: {
    zh: '额度于北京时间零点恢复；查明调用过多的来源。',
    en: 'The quota refills at midnight, Beijing time. Find what calls so often.',
  },
  rejected: {
    zh: '由发起调用的服务更正请求；登录或绑定手机号时出现，则交给开发人员。',
    en: 'The service that called corrects its request. At sign-in or with a phone number, give the log line to the developers.',
  },
}

export const errcodeOperator = ({ reason, fault, operator }: ErrcodeEntry): Words => {
  if (operator !== undefined) return operator
  if (reason === 'rejected' && fault === 'person') return NOTHING
  return ERRCODE_OPERATOR[reason] ?? REASON_OPERATOR[reason]
}
