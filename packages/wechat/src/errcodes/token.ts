import type { Errcodes } from './entry.ts'

/** What issuing and using an access_token can be answered with. */
export const TOKEN_ERRCODES: Errcodes = {
  40164: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: "this server's address is not in the IP white-list",
    zh: '服务器 IP 不在白名单中',
    operator: {
      en: 'Add the address of the error text to 开发管理 → 开发设置 → IP白名单.',
      zh: '把错误文本中的地址加入“开发管理 → 开发设置 → IP白名单”。',
    },
  },
  40243: {
    reason: 'misconfigured',
    fault: 'us',
    retry: 'no',
    en: 'the AppSecret is frozen',
    zh: 'AppSecret 已被冻结',
    operator: {
      en: 'Unfreeze the AppSecret in 开发管理 → 开发设置, or reset it and configure the new one.',
      zh: '在“开发管理 → 开发设置”中解冻 AppSecret，或重置后更新配置。',
    },
  },
}
