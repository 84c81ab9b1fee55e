import type { ErrcodeEntry, Errcodes } from './entry.ts'

const rejected = (
  fault: 'person' | 'us',
  en: string,
  zh: string,
  operator?: ErrcodeEntry['operator'],
): ErrcodeEntry => ({
  reason: 'rejected',
  fault,
  retry: 'no',
  en,
  zh,
  ...(operator && { operator }),
})

/** The errcodes of calls that take an access_token, other than those about the token itself. */
export const API_ERRCODES: Errcodes = {
  40003: rejected('us', 'the openid is not one of this appid', 'openid 不属于该小程序'),
  40004: rejected('us', 'the type of the file is not accepted', '媒体文件类型不合法'),
  40006: rejected('us', 'the file is too large or empty', '媒体文件大小不合法'),
  40007: rejected('us', 'the media_id is unknown or has expired', 'media_id 无效或已过期'),
  40008: rejected('us', 'the type of the message is unknown', '消息类型不合法'),
  40009: rejected('us', 'the picture is too large or empty', '图片大小不合法'),
  40037: rejected(
    'us',
    'the template does not exist for this appid',
    '模板不存在或不属于该小程序',
    {
      en: 'Compare the template id with 功能 → 订阅消息 → 我的模板.',
      zh: '核对模板 ID 与“功能 → 订阅消息 → 我的模板”中的一致。',
    },
  ),
  40048: rejected('us', 'the address cannot be fetched by WeChat', '微信无法访问该 URL', {
    en: 'Use an https address that is reachable from the internet.',
    zh: '请使用公网可以访问的 https 地址。',
  }),
  40066: rejected('us', 'the path of the call is wrong', '接口路径不正确'),
  40097: rejected('us', 'a parameter is wrong', '参数不正确'),
  40129: rejected('us', 'the scene is wrong', 'scene 取值不正确'),
  40159: rejected('us', 'the path is missing or too long', 'path 缺失或过长'),
  40165: rejected(
    'us',
    'the path is not a page of the published version',
    'path 不是已发布版本的页面',
  ),
  40169: rejected(
    'us',
    'the scene is too long or has characters that are not allowed',
    'scene 过长或含非法字符',
  ),
  40212: rejected(
    'us',
    'the query has characters that are not allowed or is too long',
    'query 过长或含非法字符',
  ),
  41005: rejected('us', 'the file is missing', '缺少媒体文件数据'),
  41030: rejected('us', 'the page does not exist or is not published', '页面不存在或未发布'),
  43101: rejected(
    'person',
    'the user has not agreed to this message, or the consent is used up',
    '用户未订阅该消息，或订阅次数已用完',
  ),
  43104: rejected(
    'us',
    'the openid and the appid do not belong together',
    'openid 与 AppID 不匹配',
  ),
  43107: rejected('us', 'subscription messages are banned for this appid', '订阅消息能力已被封禁', {
    en: 'See the notices in the console for the reason and how to appeal.',
    zh: '在后台站内信查看封禁原因与申诉方式。',
  }),
  44002: rejected('us', 'the body of the call is empty', '请求包体为空'),
  44004: rejected('us', 'the text of the message is empty', '消息内容为空'),
  44990: {
    reason: 'rate_limited',
    fault: 'quota',
    retry: 'wait',
    en: 'links are created too fast',
    zh: '生成链接过于频繁',
  },
  44991: {
    reason: 'rate_limited',
    fault: 'quota',
    retry: 'wait',
    en: 'the calls per minute are used up',
    zh: '接口调用超过每分钟上限',
  },
  44993: {
    reason: 'quota_exhausted',
    fault: 'quota',
    retry: 'wait',
    en: 'the links per day are used up',
    zh: '生成链接超过每日上限',
  },
  45002: rejected('us', 'the content is too long', '内容过长'),
  45015: rejected('person', 'the user has not written within 48 hours', '用户超过 48 小时未互动'),
  45029: rejected(
    'us',
    'the 100 000 permanent codes of this appid are used up',
    '永久小程序码数量已达上限',
    {
      en: 'Use getWxaCodeUnlimit, which has no such limit.',
      zh: '改用 getWxaCodeUnlimit，无数量上限。',
    },
  ),
  45047: rejected('person', 'too many answers to one message of this user', '客服消息条数已达上限'),
  45168: rejected(
    'us',
    'the message contains words that WeChat does not deliver',
    '消息含有敏感词',
  ),
  47001: rejected('us', 'the body of the call could not be read', '请求数据格式错误'),
  47003: rejected('us', 'a field does not match the template', '模板参数不符合要求'),
  61010: rejected('us', 'the user has not used the mini-program recently', '用户近期未使用小程序'),
  85079: rejected('us', 'the mini-program is not published', '小程序未发布'),
  85096: rejected('us', 'the path contains a parameter that WeChat reserves', 'path 含有保留参数'),
  85400: rejected(
    'us',
    'the 100 000 permanent links of this appid are used up',
    '长期有效链接已达上限',
  ),
  85401: rejected('us', 'the expiry of the link is too near or too far away', '链接失效时间不合法'),
  85402: rejected('us', 'the env_version is wrong', 'env_version 取值不正确'),
  87007: rejected(
    'person',
    'the session_key is missing or has expired',
    'session_key 不存在或已过期',
  ),
  87008: rejected('us', 'the sig_method is wrong', 'sig_method 不正确'),
  87009: rejected(
    'person',
    'the signature does not match the current session_key',
    '签名与当前 session_key 不符',
  ),
  87014: rejected('person', 'the content is risky', '内容含有违规信息'),
}
