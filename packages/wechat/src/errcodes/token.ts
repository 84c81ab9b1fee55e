import type { Errcodes } from './entry.ts'
import { misconfigured } from './entry.ts'

const ASK_ADMIN = {
  en: 'Ask the administrator of the mini-program to confirm the call in WeChat, then try again.',
  zh: '请小程序管理员在微信中确认该调用后重试。',
}

const SEE_NOTICES = {
  en: 'See the notices in the console.',
  zh: '在后台站内信查看处理方式。',
}

/** The errcodes of issuing and using an access_token. */
export const TOKEN_ERRCODES: Errcodes = {
  40001: misconfigured(
    'the access_token or the AppSecret is not valid',
    'access_token 或 AppSecret 无效',
    {
      en: 'If it persists: compare the AppSecret, and check whether another program fetches tokens with cgi-bin/token.',
      zh: '持续出现时：核对 AppSecret，并检查是否有其他程序用 cgi-bin/token 取令牌。',
    },
  ),
  40014: misconfigured('the access_token is not valid', 'access_token 不合法'),
  40164: misconfigured(
    "this server's address is not in the IP white-list",
    '服务器 IP 不在白名单中',
    {
      en: 'Add the address of the error text to 开发管理 → 开发设置 → IP白名单.',
      zh: '把错误文本中的地址加入“开发管理 → 开发设置 → IP白名单”。',
    },
  ),
  40243: misconfigured('the AppSecret is frozen', 'AppSecret 已被冻结', {
    en: 'Unfreeze the AppSecret in 开发管理 → 开发设置, or reset it and configure the new one.',
    zh: '在“开发管理 → 开发设置”中解冻 AppSecret，或重置后更新配置。',
  }),
  41001: misconfigured('the access_token is missing', '缺少 access_token'),
  42001: misconfigured('the access_token has expired', 'access_token 已过期'),
  43002: misconfigured('the call must be a POST', '该接口需要 POST 请求'),
  48001: misconfigured('the mini-program has no right to this API', '小程序没有该接口的权限', {
    en: 'See in the console whether the API is open to this kind of account, and apply for it.',
    zh: '在后台确认该类账号是否开放此接口，并申请权限。',
  }),
  48004: misconfigured('the API is forbidden to this mini-program', '该接口已被封禁', {
    en: 'See the notices in the console for the reason and how to appeal.',
    zh: '在后台站内信查看封禁原因与申诉方式。',
  }),
  50002: misconfigured(
    'the account is limited, frozen or closed',
    '账号受限、冻结或已注销',
    SEE_NOTICES,
  ),
  50004: misconfigured(
    'the account may have no access_token',
    '该账号被禁止获取 access_token',
    SEE_NOTICES,
  ),
  50007: misconfigured('the account is frozen', '账号已被冻结', SEE_NOTICES),
  61007: misconfigured(
    'the platform has no authorisation for this API',
    '第三方平台未获得该接口授权',
  ),
  89501: misconfigured(
    'the call waits for confirmation by the administrator',
    '调用待管理员确认',
    ASK_ADMIN,
  ),
  89503: misconfigured(
    'the call needs confirmation by the administrator',
    '调用需管理员确认',
    ASK_ADMIN,
  ),
  89506: misconfigured(
    'the administrator has denied this address for 24 hours',
    '管理员已拒绝该 IP（24 小时内）',
  ),
  89507: misconfigured(
    'the administrator has denied this address for 1 hour',
    '管理员已拒绝该 IP（1 小时内）',
  ),
}
