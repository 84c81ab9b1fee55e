import type { Errcodes } from './entry.ts'

/** The errcodes of sign-in, from WeChat's documentation or observed. */
export const LOGIN_ERRCODES: Errcodes = {
  [-1]: {
    reason: 'busy',
    fault: 'wechat',
    retry: 'once',
    en: 'WeChat is busy',
    zh: '微信系统繁忙',
  },
  40002: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'grant_type is wrong',
    zh: 'grant_type 不正确',
  },
  40013: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'the appid does not exist or does not own what was sent',
    zh: 'AppID 不存在，或与所传内容不匹配',
    operator: {
      en: 'Compare the configured appid with 开发管理 → 开发设置 of the mini-program.',
      zh: '核对配置的 AppID 与小程序后台“开发管理 → 开发设置”中的一致。',
    },
  },
  40029: {
    reason: 'code_invalid',
    fault: 'person',
    retry: 'fresh',
    en: 'the code is unknown or expired',
    zh: 'code 无效或已过期',
  },
  40125: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'the AppSecret is wrong',
    zh: 'AppSecret 不正确',
    operator: {
      en: 'Configure the current AppSecret; a reset in the console invalidates the old one at once.',
      zh: '把当前的 AppSecret 写入配置；在后台重置后旧的立即失效。',
    },
  },
  40163: {
    reason: 'code_invalid',
    fault: 'person',
    retry: 'fresh',
    en: 'the code has already been used',
    zh: 'code 已被使用',
  },
  40226: {
    reason: 'risk_blocked',
    fault: 'person',
    retry: 'no',
    en: "WeChat's risk control refuses this user",
    zh: '微信风控拦截了该用户',
  },
  41002: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'the appid is missing',
    zh: '缺少 AppID',
  },
  41004: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'the AppSecret is missing',
    zh: '缺少 AppSecret',
  },
  41008: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'the code is missing',
    zh: '缺少 code',
  },
  45009: {
    reason: 'quota_exhausted',
    fault: 'quota',
    retry: 'wait',
    en: 'the daily quota of this API is used up',
    zh: '该接口当日调用次数已用完',
    operator: {
      en: 'Find what calls so often; quotas refill at midnight, Beijing time, and can be reset in the console.',
      zh: '查明调用过多的来源；额度于北京时间零点恢复，也可在后台清零。',
    },
  },
  45011: {
    reason: 'rate_limited',
    fault: 'quota',
    retry: 'wait',
    en: 'the quota per minute of this API is used up',
    zh: '调用过于频繁，分钟额度已用完',
  },
}
