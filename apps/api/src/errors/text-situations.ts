import type { TEXTS } from './texts.ts'
import type { Words } from './words.ts'

type Table = typeof TEXTS

/** When each text of the table is answered; docs/errors.md prints it beside the text. */
export const SITUATIONS: { [Name in keyof Table]: Record<keyof Table[Name], Words> } = {
  FAIL: {},
  BAD_ARGUMENT: {
    invalidJson: { zh: '请求体不是 JSON', en: 'The body is not JSON.' },
    invalidUtf8: { zh: '请求体不是 UTF-8', en: 'The body is not UTF-8.' },
    invalidUnicode: { zh: '文本中有残缺的字符', en: 'A text has half of a character in it.' },
    tooDeep: { zh: '请求体嵌套超过 8 层', en: 'The body is nested more than 8 levels deep.' },
    incomplete: { zh: '请求体长度与声明不符', en: 'The body is not as long as the request says.' },
    oneFile: {
      zh: '上传的不是恰好一个文件',
      en: 'What was uploaded is not exactly one file.',
    },
    invalidUrl: { zh: '地址无法解码', en: 'The URL cannot be decoded.' },
    timedOut: { zh: '请求在 8 秒内没有发完', en: 'The request did not arrive whole within 8 s.' },
    unreadable: { zh: '收到的不是 HTTP 请求', en: 'What arrived is not an HTTP request.' },
    other: { zh: '其他格式错误', en: 'Any other malformed request.' },
  },
  BAD_VALUE: {
    birthday: {
      zh: '生日不存在，或在将来，或早于 1900 年',
      en: 'The day does not exist, is in the future or before 1900.',
    },
    message: {
      zh: '其他服务要发的消息被微信拒绝：模板、字段或内容不对',
      en: 'WeChat refuses a message of another service: its template, a field or the content is wrong.',
    },
  },
  UNLOGIN: {
    noSession: {
      zh: '没有登录态，或登录态已过期、已退出',
      en: 'There is no token, or its session has expired or was logged out.',
    },
    serviceToken: {
      zh: '其他服务调用 /internal/wechat 时没有有效的服务令牌',
      en: 'Another service called /internal/wechat without a valid service token.',
    },
  },
  SYSTEM: {
    bug: { zh: '程序缺陷', en: 'A bug.' },
    misconfigured: {
      zh: '微信拒绝了本服务：AppID、AppSecret、IP 白名单、权限或请求内容不对',
      en: 'WeChat refuses this server: the appid, AppSecret, IP white-list, a permission or the request is wrong.',
    },
  },
  UNSUPPORTED: {
    unknownRoute: {
      zh: '路径不存在，或该功能没有启用',
      en: 'There is no such path, or the feature is switched off.',
    },
  },
  STALE: {
    profile: {
      zh: '资料在用户打开编辑页之后又被修改过',
      en: 'The profile was changed after the user opened the page to edit it.',
    },
  },
  FORBIDDEN: {},
  WX_CODE_INVALID: {
    refused: {
      zh: '微信不认 wx.login 给出的 code：已用过、已过期或不属于本小程序',
      en: 'WeChat refuses the code of wx.login: it was used, has expired or belongs to another mini-program.',
    },
    inUse: {
      zh: '同一个 code 正被另一个内容不同的登录请求使用',
      en: 'Another sign-in with different content is using the same code.',
    },
  },
  WX_UNAVAILABLE: {
    away: {
      zh: '微信没有响应、响应异常，或当天的接口额度已用完',
      en: "WeChat does not answer, answers something that is not its own, or a day's quota of it is spent.",
    },
  },
  WX_RISK_BLOCKED: {
    blocked: {
      zh: '微信风控拦截了此用户',
      en: "WeChat's risk control refuses this user.",
    },
  },
  ACCOUNT_DISABLED: {
    violation: { zh: '停用时用了 --code violation', en: 'Frozen with --code violation.' },
    security: { zh: '停用时用了 --code security', en: 'Frozen with --code security.' },
    departed: { zh: '停用时用了 --code departed', en: 'Frozen with --code departed.' },
    requested: { zh: '停用时用了 --code requested', en: 'Frozen with --code requested.' },
    other: {
      zh: '停用时用了 --code other 或没有给出原因；若用了 --reason，则显示所写的文字',
      en: 'Frozen with --code other or without a code; the words of --reason replace any of these.',
    },
  },
  WX_SESSION_EXPIRED: {
    keyGone: {
      zh: '用旧版客户端绑定手机号时，会话里的 session_key 已不在或无法解开',
      en: 'An old client binds a phone number, and the session_key of its session is gone or cannot be opened.',
    },
  },
  TOO_MANY_REQUESTS: {
    signIn: {
      zh: '同一地址或全部用户的登录超过上限，或微信的分钟额度用完',
      en: "One address, or all users together, sign in too often, or WeChat's quota of the minute is spent.",
    },
    phone: {
      zh: '一小时内第 11 次提交加密的手机号，或微信的分钟额度用完',
      en: "An encrypted phone number is sent for the 11th time in an hour, or WeChat's quota of the minute is spent.",
    },
    export: { zh: '一小时内第 6 次导出个人信息', en: 'The 6th export of own data in an hour.' },
    profile: {
      zh: '一小时内第 61 次修改资料，或第 21 次上传头像',
      en: 'The 61st edit of the profile or the 21st upload of a picture in an hour.',
    },
    service: {
      zh: '其他服务的调用超过上限，或同一来源多次使用错误的服务令牌',
      en: 'Another service calls too often, or wrong service tokens keep coming.',
    },
    wechat: {
      zh: '其他服务的调用遇到微信的分钟额度用完',
      en: "WeChat's quota of the minute is spent when another service calls.",
    },
  },
  UNAVAILABLE: {
    away: {
      zh: '数据库连不上或没有及时响应，或请求处理超过 10 秒',
      en: 'The database is away or too slow, or a request took longer than 10 s.',
    },
  },
  NOT_FOUND: {
    missing: {
      zh: '要结束的会话不存在或不属于此用户；其他服务查询的用户不存在或已注销',
      en: 'The session to end is not there or not of this user; the user that another service asks for is unknown or closed.',
    },
  },
  METHOD_NOT_ALLOWED: {
    method: { zh: '路径存在，但不支持此方法', en: 'The path exists, but not for this method.' },
  },
  PAYLOAD_TOO_LARGE: {
    body: { zh: '请求体超过 64 KiB', en: 'The body is larger than 64 KiB.' },
    picture: { zh: '上传的图片超过 1 MiB', en: 'The uploaded picture is larger than 1 MiB.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    type: { zh: 'Content-Type 不是 JSON', en: 'The Content-Type is not JSON.' },
    upload: {
      zh: '上传头像的请求不是 multipart/form-data',
      en: 'The upload of a picture is not multipart/form-data.',
    },
    encoding: {
      zh: '请求体的编码不是 UTF-8，或被压缩',
      en: 'The body is said to be in another charset than UTF-8, or is compressed.',
    },
  },
  HEADERS_TOO_LARGE: {
    headers: { zh: '请求头超过 16 KiB', en: 'The headers are larger than 16 KiB.' },
  },
  URI_TOO_LONG: {
    url: { zh: '地址超过 2048 个字符', en: 'The URL is longer than 2048 characters.' },
  },
  SESSION_ENDED: {
    ended_by_user: {
      zh: '用户在另一台设备上结束了此设备的登录',
      en: 'The user ended this session from another device.',
    },
    logout_all: {
      zh: '用户在另一台设备上退出了所有设备',
      en: 'The user signed out everywhere from another device.',
    },
    too_many: {
      zh: '登录的设备超过上限，最早的一台被退出',
      en: 'The user signed in on too many devices, and this was the oldest.',
    },
    left_elsewhere: {
      zh: '用户在另一台设备上注销了账号',
      en: 'The user closed the account from another device.',
    },
  },
  FRESH_LOGIN_REQUIRED: {
    tooOld: {
      zh: '绑定手机号、导出个人信息或注销账号时，最近一次登录超过 5 分钟',
      en: 'A phone number is bound, own data is exported or the account is closed more than 5 minutes after signing in.',
    },
  },
  PHONE_TAKEN: {
    taken: {
      zh: '要绑定的手机号属于另一个未注销的账号',
      en: 'The number belongs to another account that is not closed.',
    },
  },
  PHONE_BUDGET_SPENT: {
    own: {
      zh: '此用户一天内的付费验证次数已用完（默认 5 次）',
      en: "The user's own budget of paid verifications for a day is spent (5 by default).",
    },
    all: {
      zh: '全部用户一天内的付费验证次数已用完（默认 1000 次）',
      en: 'The budget of all users together for a day is spent (1000 by default).',
    },
    wechat: {
      zh: '微信手机号接口当天的额度已用完',
      en: "WeChat's own quota for phone numbers is spent for the day.",
    },
  },
  PHONE_CODE_INVALID: {
    invalid: {
      zh: '手机号的 code 或加密数据无效：已用过、已过期、属于他人或其他小程序',
      en: 'The code or the encrypted data of a phone number proves nothing: used, expired, of another user or another mini-program.',
    },
  },
  MESSAGE_NOT_ALLOWED: {
    noConsent: {
      zh: '其他服务要发的消息，用户没有订阅或次数已用完，或 48 小时内没有发过客服消息',
      en: 'The user has not agreed to the message of another service, the consent is used up, or the user has not written to customer service within 48 hours.',
    },
  },
  CONTENT_REFUSED: {
    name: {
      zh: '微信认为昵称有风险，或需要人工审核',
      en: 'WeChat thinks that the name is risky, or that a person should look at it.',
    },
  },
  PICTURE_INVALID: {
    type: {
      zh: '文件内容不是 JPG、PNG 或 WebP，不论文件名是什么',
      en: 'The content of the file is not jpeg, png or webp, whatever its name says.',
    },
    tooManyPixels: {
      zh: '图片超过 2500 万像素',
      en: 'The picture has more than 25 million pixels.',
    },
    unreadable: { zh: '图片不完整或已损坏', en: 'The picture is incomplete or broken.' },
    tooSlow: { zh: '解码超过 3 秒', en: 'Decoding it takes longer than 3 s.' },
  },
}
