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
export const toErrorBody = (errcode: number, errmsg?: string) => ({
  errcode,
  errmsg: `${errmsg ?? ERRMSG[errcode] ?? 'error'}, rid: ${createRid()}`,
})

/** WeChat's request id: three groups of eight hexadecimal digits. */
const createRid = () => Array.from({ length: 3 }, () => randomBytes(4).toString('hex')).join('-')

const ERRMSG: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40029: 'invalid code',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40226: 'code blocked',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  43001: 'require GET method',
  43002: 'require POST method',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
}
