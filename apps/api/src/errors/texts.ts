import type { ErrnoTable } from '@oa/contracts'

/**
 * What a failure is answered with, by the name of its errno: for people, never parsed. A sentence that
 * names a field of the request is written where the field is known.
 */
export const TEXTS = {
  /** The client alone makes this one. */
  FAIL: {},
  BAD_ARGUMENT: {
    invalidJson: '参数错误：不是有效的 JSON',
    invalidUtf8: '参数错误：不是有效的 UTF-8',
    invalidUnicode: '参数错误：不是有效的 Unicode',
    tooDeep: '参数错误：嵌套太深',
    incomplete: '请求不完整',
    oneFile: '参数错误：只接受一个文件',
    invalidUrl: '地址无效',
    timedOut: '请求超时',
    unreadable: '请求无法识别',
    other: '请求有误',
  },
  BAD_VALUE: {
    message: '微信不接受此消息，请检查模板与字段',
    birthday: '参数错误：birthday 不是可能的生日',
  },
  UNLOGIN: {
    noSession: '请登录',
    serviceToken: '服务令牌无效',
  },
  SYSTEM: {
    bug: '系统错误',
    misconfigured: '系统错误，请联系管理员',
  },
  UNSUPPORTED: { unknownRoute: '没有这个接口' },
  /** Also in the log, for what WeChat pushes. */
  STALE: { profile: '资料已在别处修改，请刷新后再改' },
  /** Of the family's numbers; no route answers with it. */
  FORBIDDEN: {},
  WX_CODE_INVALID: {
    refused: '登录凭证无效，请重新登录',
    inUse: '登录凭证正在使用，请重新登录',
  },
  WX_UNAVAILABLE: { away: '微信服务暂时不可用，请稍后再试' },
  WX_RISK_BLOCKED: { blocked: '微信判定此账号存在风险，暂时无法登录' },
  /** By the code that an operator freezes with; words of the operator's own replace them. */
  ACCOUNT_DISABLED: {
    violation: '账号因违反使用规定已停用',
    security: '账号存在安全风险，已停用',
    departed: '你已不在该组织，账号已停用',
    requested: '账号已按你的申请停用',
    other: '账号已停用',
  },
  WX_SESSION_EXPIRED: { keyGone: '微信登录状态已过期，请重新登录' },
  TOO_MANY_REQUESTS: {
    signIn: '登录过于频繁，请稍后再试',
    phone: '操作过于频繁，请稍后再试',
    export: '导出过于频繁，请稍后再试',
    profile: '修改过于频繁，请稍后再试',
    service: '调用过于频繁，请稍后再试',
    wechat: '微信接口调用过于频繁',
  },
  UNAVAILABLE: { away: '服务暂时不可用，请稍后再试' },
  NOT_FOUND: { missing: '没有找到' },
  METHOD_NOT_ALLOWED: { method: '不支持这个请求方法' },
  PAYLOAD_TOO_LARGE: { body: '请求内容过大', picture: '图片不能超过 1 MB' },
  UNSUPPORTED_MEDIA_TYPE: {
    type: '只接受 UTF-8 的 JSON',
    upload: '请以 multipart/form-data 上传图片',
    encoding: '只接受未压缩的 UTF-8 JSON',
  },
  HEADERS_TOO_LARGE: { headers: '请求头过大' },
  URI_TOO_LONG: { url: '地址过长' },
  /** By the reason that the session ended for. */
  SESSION_ENDED: {
    ended_by_user: '已在其他设备上结束此登录，请重新登录',
    logout_all: '已在所有设备上退出，请重新登录',
    too_many: '登录设备过多，此设备已退出，请重新登录',
    // Renewed silently, this device would open a new account right after the owner closed the old one.
    left_elsewhere: '账号已在其他设备上注销',
  },
  FRESH_LOGIN_REQUIRED: { tooOld: '为了你的账号安全，请重新登录后再试' },
  PHONE_TAKEN: { taken: '此手机号已绑定其他账号' },
  PHONE_BUDGET_SPENT: {
    own: '今天验证手机号的次数已用完，请明天再试',
    all: '今天的手机号验证额度已用完，请明天再试',
    wechat: '手机号验证额度已用完，请联系管理员',
  },
  PHONE_CODE_INVALID: { invalid: '手机号验证已失效，请重新授权' },
  MESSAGE_NOT_ALLOWED: { noConsent: '用户未同意接收，或同意已用完' },
  CONTENT_REFUSED: { name: '昵称未通过微信内容安全检查，请换一个' },
  PICTURE_INVALID: {
    type: '只支持 JPG、PNG 或 WebP 图片',
    tooManyPixels: '图片尺寸过大，请换一张小一些的',
    unreadable: '图片已损坏或无法识别，请换一张',
    tooSlow: '图片处理时间过长，请换一张',
  },
} as const satisfies Record<Exclude<keyof ErrnoTable, 'OK'>, Readonly<Record<string, string>>>
