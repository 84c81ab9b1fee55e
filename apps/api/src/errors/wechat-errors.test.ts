import type { WeChatErrorReason } from '@oa/wechat'
import { describeErrcode, ERRCODES, WeChatError } from '@oa/wechat'
import { describe, expect, it } from 'vitest'
import { outcomeOf, toBusinessError } from './wechat-errors.ts'

const CONTEXTS = ['signIn', 'phone', 'internal'] as const

/** For each errcode the errno in sign-in, phone binding and internal calls; /Retry-After; ! alerts. */
const BY_ERRCODE = `
  -1           702/1      702/1      702/1
  40001        502!       502!       502!
  40002        502!       502!       502!
  40003        502!       718        402
  40004        502!       502!       402
  40006        502!       502!       402
  40007        502!       502!       402
  40008        502!       502!       402
  40009        502!       502!       402
  40013        502!       718        502!
  40014        502!       502!       502!
  40029        701        718        701
  40037        502!       502!       402
  40048        502!       502!       402
  40066        502!       502!       402
  40097        502!       502!       402
  40125        502!       502!       502!
  40129        502!       502!       402
  40159        502!       502!       402
  40163        701        718        701
  40164        502!       502!       502!
  40165        502!       502!       402
  40169        502!       502!       402
  40212        502!       502!       402
  40226        703        703        703
  40230        502!       502!       502!
  40231        502!       502!       502!
  40232        502!       502!       502!
  40233        502!       502!       502!
  40234        502!       502!       502!
  40235        502!       502!       502!
  40236        502!       502!       502!
  40237        502!       502!       502!
  40238        502!       502!       502!
  40239        502!       502!       502!
  40240        502!       502!       502!
  40243        502!       502!       502!
  41001        502!       502!       502!
  41002        502!       502!       502!
  41004        502!       502!       502!
  41005        502!       502!       402
  41008        701        502!       502!
  41030        502!       502!       402
  42001        502!       502!       502!
  43002        502!       502!       502!
  43101        502!       502!       719
  43104        502!       502!       402
  43107        502!       502!       402
  44002        502!       502!       402
  44004        502!       502!       402
  44990        706/60     706/60     706/60
  44991        706/60     706/60     706/60
  44993        702/3600!  717/3600!  702/3600!
  45002        502!       502!       402
  45009        702/3600!  717/3600!  702/3600!
  45011        706/60     706/60     706/60
  45015        502!       502!       719
  45029        502!       502!       402
  45047        502!       502!       719
  45168        502!       502!       402
  47001        502!       502!       402
  47003        502!       502!       402
  48001        502!       502!       502!
  48004        502!       502!       502!
  50002        502!       502!       502!
  50004        502!       502!       502!
  50007        502!       502!       502!
  61007        502!       502!       502!
  61010        502!       502!       402
  85079        502!       502!       402
  85096        502!       502!       402
  85400        502!       502!       402
  85401        502!       502!       402
  85402        502!       502!       402
  87007        502!       502!       719
  87008        502!       502!       402
  87009        502!       502!       719
  87014        502!       502!       719
  89501        502!       502!       502!
  89503        502!       502!       502!
  89506        502!       502!       502!
  89507        502!       502!       502!
  99999        502!       502!       402
`

/** The same for failures without an errcode. */
const BY_REASON = `
  code_invalid 701        718        701
  busy         702/1      702/1      702/1
  timeout      702/1      702/1      702/1
  unreachable  702/1      702/1      702/1
  tls          702/5      702/5      702/5
  bad_response 702/1      702/1      702/1
  circuit_open 702/1      702/1      702/1
  overloaded   702/1      702/1      702/1
`

const AWAY = '微信服务暂时不可用，请稍后再试'
const BROKEN = '系统错误，请联系管理员'
const RISK = '微信判定此账号存在风险，暂时无法登录'
const CODE = '登录凭证无效，请重新登录'

const TEXTS: Record<(typeof CONTEXTS)[number], Record<number, string>> = {
  signIn: { 502: BROKEN, 701: CODE, 702: AWAY, 703: RISK, 706: '登录过于频繁，请稍后再试' },
  phone: {
    502: BROKEN,
    702: AWAY,
    703: RISK,
    706: '操作过于频繁，请稍后再试',
    717: '手机号验证额度已用完，请联系管理员',
    718: '手机号验证已失效，请重新授权',
  },
  internal: {
    402: '微信不接受此消息，请检查模板与字段',
    502: BROKEN,
    701: CODE,
    702: AWAY,
    703: RISK,
    706: '微信接口调用过于频繁',
    719: '用户未同意接收，或同意已用完',
  },
}

const ALERTS: Record<number, string> = {
  502: 'misconfigured',
  702: 'quota_exhausted',
  717: 'quota_exhausted',
}

/** What is left of the day, by which the client says when a daily quota refills. */
const REFILLS_IN_SECONDS = 3_600

const errorOf = (reason: WeChatErrorReason, errcode: number | null = null) =>
  new WeChatError(reason, 'what the log may know', {
    errcode,
    retryAfterSeconds: reason === 'quota_exhausted' ? REFILLS_IN_SECONDS : null,
  })

const answersOf = (error: WeChatError) =>
  CONTEXTS.map((context) => {
    const { errno, message, retryAfterSeconds } = toBusinessError(context, error)
    return { errno, errmsg: message, retryAfterSeconds, alert: outcomeOf(context, error).alert }
  })

const readRows = (table: string): [key: string, cells: string[]][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/))
    .map(([key = '', ...cells]) => [key, cells])

const readCells = (cells: readonly string[]) =>
  CONTEXTS.map((context, index) => {
    const [, errno, seconds, mark] = /^(\d+)(?:\/(\d+))?(!?)$/.exec(cells[index] ?? '') ?? []
    return {
      errno: Number(errno),
      errmsg: TEXTS[context][Number(errno)],
      retryAfterSeconds: seconds === undefined ? undefined : Number(seconds),
      alert: mark === '!' ? ALERTS[Number(errno)] : undefined,
    }
  })

const ROWS = readRows(BY_ERRCODE)
const UNKNOWN_ERRCODE = 99_999

describe('a failure of WeChat is answered and alerted as its errcode says', () => {
  it.each(ROWS)('%s', (errcode, cells) => {
    const { reason } = describeErrcode(Number(errcode))
    expect(answersOf(errorOf(reason, Number(errcode)))).toEqual(readCells(cells))
  })

  it('for every errcode of the catalogue, and one that is not in it', () => {
    const known = [...Object.keys(ERRCODES).map(Number), UNKNOWN_ERRCODE]
    expect(ROWS.map(([errcode]) => Number(errcode)).sort()).toEqual(known.sort())
  })
})

describe('a failure of WeChat without an errcode is answered as its reason says', () => {
  it.each(readRows(BY_REASON))('%s', (reason, cells) => {
    // The rows above are spelled as the reasons are; a misspelt one has no outcome.
    expect(answersOf(errorOf(reason as WeChatErrorReason))).toEqual(readCells(cells))
  })
})
