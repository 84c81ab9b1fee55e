import { randomBytes } from 'node:crypto'

/** An answer of WeChat's that is not success; it leaves as HTTP 200 with errcode and errmsg. */
export class WeChatError extends Error {
  readonly errcode: number

  constructor(errcode: number, errmsg: string = ERRMSG[errcode] ?? 'error') {
    super(errmsg)
    this.errcode = errcode
  }
}

/** The body WeChat sends for an errcode, with a request id of its own. */
export const toErrorBody = (errcode: number, errmsg: string | undefined, beforeRid: string) => ({
  errcode,
  errmsg: `${errmsg ?? ERRMSG[errcode] ?? 'error'}${beforeRid}rid: ${createRid()}`,
})

/** WeChat's request id: three groups of eight hexadecimal digits. */
export const createRid = () =>
  Array.from({ length: 3 }, () => randomBytes(4).toString('hex')).join('-')

const ERRMSG: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40048: 'invalid url domain',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40159: 'invalid length for path, or the data is not json string',
  40163: 'code been used',
  40165: 'invalid weapp pagepath',
  40169: 'invalid length for scene, or the data is not json string',
  40212: 'invalid query',
  40226: 'code blocked',
  40230: 'missing Wechatmp-Serial',
  40231: 'missing Wechatmp-TimeStamp',
  40232: 'missing Wechatmp-Signature',
  40233: 'missing Wechatmp-Appid',
  40234: 'invalid signature',
  40235: 'invalid encrypt',
  40236: 'invalid Wechatmp-Appid',
  40237: 'invalid Wechatmp-Appid match request',
  40238: 'developer secret sym serial not existed',
  40239: 'developer secret asym serial not existed',
  40240: 'expired Wechatmp-TimeStamp',
  40243: 'AppSecret has been frozen, please unfreeze it first',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41005: 'media data missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43101: 'user refuse to accept the msg',
  43107: 'subscribe message capability is banned',
  43104: 'The openid does not match the appid',
  44002: 'empty post data',
  44004: 'empty content',
  44990: 'reach max api second frequence limit',
  44991: 'reach max api minute frequence',
  44993: 'reach max api day frequence limit',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45029: 'qrcode count out of limit',
  45047: 'out of response count limit',
  45168: 'the message has sensitive words',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  48004: 'api forbidden for irregularities',
  50002: 'user limited',
  50004: 'forbidden to get access_token',
  50007: 'account has been frozen',
  61010: 'code is expired',
  85079: 'miniprogram has no online release',
  85096: 'not allow include scancode_time field',
  85401: 'time limit between 1min and 30days',
  85402: 'invalid env_version',
  87007: 'session_key is not existd or expired',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
  87014: 'risky content',
  89501: 'wait for the administrator to confirm the call',
  89503: 'the call needs to be confirmed by the administrator',
  89506: 'the administrator has refused the call, retry in 24 hours',
  89507: 'the administrator has refused the call, retry in 1 hour',
}
