import type { Errcodes } from './entry.ts'
import { misconfigured } from './entry.ts'

const COMPARE_KEYS = {
  en: 'Compare the keys and their numbers with 开发管理 → 开发设置 → API安全.',
  zh: '核对密钥及其编号与“开发管理 → 开发设置 → API安全”中的一致。',
}

/** The errcodes of signed and encrypted calls (API安全). */
export const API_SECURITY_ERRCODES: Errcodes = {
  40230: misconfigured('the header Wechatmp-Serial is missing', '缺少 Wechatmp-Serial', {
    en: 'Configure the number of the public key as privateKeySn.',
    zh: '把应用公钥的编号配置为 privateKeySn。',
  }),
  40231: misconfigured('the header Wechatmp-TimeStamp is missing', '缺少 Wechatmp-TimeStamp'),
  40232: misconfigured('the header Wechatmp-Signature is missing', '缺少 Wechatmp-Signature'),
  40233: misconfigured('the header Wechatmp-Appid is missing', '缺少 Wechatmp-Appid', {
    en: 'WeChat may require this call to be signed and encrypted: add its path to apiSecurity.',
    zh: '该接口可能要求签名加密：把路径加入 apiSecurity。',
  }),
  40234: misconfigured('the signature of the call is wrong', '接口签名不正确', COMPARE_KEYS),
  40235: misconfigured('the encryption of the call is wrong', '接口加密不正确', COMPARE_KEYS),
  40236: misconfigured('the appid of the signature does not exist', '签名中的 AppID 无效'),
  40237: misconfigured(
    'the appid of the signature does not own the access_token',
    '签名中的 AppID 与 access_token 不匹配',
    {
      en: 'Calls by a third-party platform are signed with the appid and the keys of the platform.',
      zh: '第三方平台代调用时，须使用平台的 AppID 与密钥。',
    },
  ),
  40238: misconfigured(
    'no symmetric key is configured at WeChat',
    '未在微信后台设置对称密钥',
    COMPARE_KEYS,
  ),
  40239: misconfigured(
    'no public key is configured at WeChat',
    '未在微信后台设置公钥',
    COMPARE_KEYS,
  ),
  40240: misconfigured('the timestamp of the call is too old', '接口时间戳已超时', {
    en: 'Correct the clock of this server.',
    zh: '校准服务器时钟。',
  }),
}
