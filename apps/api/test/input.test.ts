import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errnoOf, rawPost, rawRequest, statusOf } from './support/raw-request.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const LOGIN = '/wx/auth/login_by_weixin'

describe('input validation', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  /** Sends the body by inject and over a socket, and expects the same status from both. */
  const post = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    const raw = await rawRequest(api.url, rawPost(LOGIN, body, lines))
    const injected = await api.app.inject({
      method: 'POST',
      url: LOGIN,
      headers: { 'content-type': 'application/json', ...headers },
      payload: body,
    })
    expect(statusOf(raw)).toBe(injected.statusCode)
    return { status: statusOf(raw), errno: errnoOf(raw), errmsg: String(injected.json().errmsg) }
  }
  const postName = (nickName: unknown) =>
    post(JSON.stringify({ code: 'no-such-code', userInfo: { nickName } }))

  const BAD_ARGUMENT = { status: 400, errno: 401 }
  /** The request passed validation, and WeChat refused the code. */
  const UNKNOWN_CODE = { status: 401, errno: 701 }

  it.each([
    ['a lone surrogate', '"\\ud800x"'],
    ['a lone surrogate in a field without text rules', '"x","avatarUrl":"\\udfff"'],
    ['NUL', '"a\\u0000b"'],
    ['a line feed', '"a\\nb"'],
    ['a carriage return and a header', '"a\\r\\nX-Evil: 1"'],
    ['a C1 control', '"a\\u0085b"'],
    ['a line separator', '"a\\u2028b"'],
    ['a bidi override', '"\\u202egnp.exe"'],
    ['a bidi isolate', '"\\u2066abc"'],
    ['zero width only', '"\\u200b\\u200d\\ufeff"'],
    ['spaces only', '"  \\u3000"'],
    ['an invisible letter only', '"\\u3164"'],
    ['combining marks only', '"\\u0301\\u0302"'],
    ['64 code points', JSON.stringify('😀'.repeat(64))],
    ['a number', '123'],
    ['an array', '["x"]'],
    ['an object', '{"a":1}'],
    ['null', 'null'],
    ['a boolean', 'true'],
  ])('refuses a name with %s', async (_what, name) => {
    const answer = await post(`{"code":"no-such-code","userInfo":{"nickName":${name}}}`)
    expect(answer).toMatchObject(BAD_ARGUMENT)
  })

  it.each([
    ['63 emoji', '😀'.repeat(63)],
    ['a family of joined emoji', '👨‍👩‍👧‍👦'],
    ['rare characters', '𠮷野家𪚥'],
    ['SQL', "' OR 1=1 -- %_\\"],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a formula', '=cmd|/c calc'],
    ['a log line', '{"level":60}'],
    ['no characters', ''],
  ])('accepts a name with %s', async (_what, name) => {
    expect(await postName(name)).toMatchObject(UNKNOWN_CODE)
  })

  it('counts and stores text in its composed form (NFC)', async () => {
    const decomposed = 'é'.repeat(63).normalize('NFD')
    const { userInfo } = await api.signIn('nfc', { userInfo: { nickName: decomposed } })

    expect(userInfo.nickName).toBe('é'.repeat(63).normalize('NFC'))
  })

  it.each([
    ['{"code":"x","status":1}', '不认识的字段 status'],
    ['{"code":"x","openid":"o"}', '不认识的字段 openid'],
    ['{"code":"x","userInfo":{"role":"admin"}}', '不认识的字段 userInfo.role'],
    ['{"code":"x","<script>\\n":1}', '不认识的字段 ?script??'],
    ['{"userInfo":{}}', '缺少字段 code'],
    ['{"code":""}', 'code 太短'],
    [`{"code":"${'x'.repeat(129)}"}`, 'code 太长，最多 128 个字符'],
    ['{"code":1}', 'code 的类型不对'],
    ['{"code":"x","userInfo":{"gender":"1"}}', 'userInfo.gender'],
    ['{"code":"x","userInfo":{"gender":3}}', 'userInfo.gender'],
    ['{"code":"x","userInfo":{"gender":1e400}}', 'userInfo.gender'],
    ['{"code":"x","deviceId":"../../etc"}', 'deviceId 的格式不对'],
    ['[]', '请求内容'],
    ['null', '请求内容'],
    ['"text"', '请求内容'],
  ])('says what is wrong with %s', async (body, expected) => {
    const answer = await post(body)
    expect(answer).toMatchObject(BAD_ARGUMENT)
    expect(answer.errmsg).toContain(expected)
  })

  it.each([
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16 text', Buffer.from('\ufeff{"code":"x"}', 'utf16le')],
    ['incomplete JSON', '{"code":'],
    ['text after the JSON', '{"code":"x"}x'],
    ['__proto__', '{"code":"x","__proto__":{"status":1}}'],
    ['an escaped __proto__', '{"code":"x","\\u005f_proto__":{"status":1}}'],
    ['constructor.prototype', '{"code":"x","constructor":{"prototype":{"a":1}}}'],
    [
      '20 000 levels of arrays',
      `{"code":"x","userInfo":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
    ['9 levels of objects', `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`],
  ])('refuses a body with %s', async (_what, body) => {
    expect(await post(body)).toMatchObject(BAD_ARGUMENT)
  })

  it('lets the last of two equal keys win', async () => {
    expect(await post('{"code":1,"code":"no-such-code"}')).toMatchObject(UNKNOWN_CODE)
  })

  it.each([
    'application/json;charset=gbk',
    'application/json; charset=utf-16',
    'application/json\tx',
    'application/json; x=1',
    'application/jsonx',
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '*/*',
  ])('refuses the content type %j', async (type) => {
    expect(await post('{"code":"x"}', { 'Content-Type': type })).toMatchObject({
      status: 415,
      errno: 711,
    })
  })

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
  ])('accepts the content type %j', async (type) => {
    const answer = await post('{"code":"no-such-code"}', { 'Content-Type': type })
    expect(answer).toMatchObject(UNKNOWN_CODE)
  })

  it('refuses a body without a content type, and a compressed body', async () => {
    const bare = `POST ${LOGIN} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`
    expect(statusOf(await rawRequest(api.url, bare))).toBe(415)
    const zipped = await post(gzipSync('{"code":"x"}'), { 'Content-Encoding': 'gzip' })
    expect(zipped).toMatchObject({ status: 415, errno: 711 })
  })

  it('refuses a body of more than 64 KiB, with Content-Length or chunked', async () => {
    const body = JSON.stringify({ code: 'x'.repeat(70_000) })
    expect(await post(body)).toMatchObject({ status: 413, errno: 710 })
    const size = body.length.toString(16)
    const chunked = `POST ${LOGIN} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${body}\r\n0\r\n\r\n`
    expect(statusOf(await rawRequest(api.url, chunked))).toBe(413)
  })

  it('refuses an over-long URL and over-long headers', async () => {
    const get = (url: string, header: string) =>
      rawRequest(
        api.url,
        `GET ${url} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${header}\r\n\r\n`,
      )
    const longUrl = await get(`/wx/auth/info?x=${'x'.repeat(3_000)}`, 'A: b')
    expect([statusOf(longUrl), errnoOf(longUrl)]).toEqual([414, 713])
    const longParam = await get(`/wx/auth/sessions/${'x'.repeat(3_000)}`, 'A: b')
    expect([statusOf(longParam), errnoOf(longParam)]).toEqual([414, 713])
    const longHeader = await get('/wx/auth/info', `A: ${'x'.repeat(17_000)}`)
    expect([statusOf(longHeader), errnoOf(longHeader)]).toEqual([431, 712])
  })

  it.each([
    [
      'both Content-Length and Transfer-Encoding',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      '0\r\n\r\n',
    ],
    ['two Content-Length headers', 'Content-Length: 2\r\nContent-Length: 3', '{}x'],
    ['a negative Content-Length', 'Content-Length: -1', ''],
    ['a folded header', 'X: a\r\n b', ''],
    ['a header without a name', ': x', ''],
    ['NUL in a header', 'X: a\0b', ''],
  ])('answers a malformed request with an errno: %s', async (_what, header, body) => {
    const response = await rawRequest(
      api.url,
      `POST ${LOGIN} HTTP/1.1\r\nHost: a\r\n${header}\r\n\r\n${body}`,
    )
    expect([statusOf(response), errnoOf(response)]).toEqual([400, 401])
    expect(response).toMatch(/^x-request-id: [0-9a-f-]{36}\r$/im)
  })

  it.each([
    'not-a-uuid',
    '%2e%2e%2f',
    '..%5c',
    '%00',
    'x'.repeat(500),
    '1;drop table',
    '%F0%9F%98%80',
  ])('refuses the session id %j', async (id) => {
    const { token } = await api.signIn('ids')
    const answer = await api.endSession(token, id)
    expect(answer).toMatchObject(BAD_ARGUMENT)
  })

  it('refuses a parameter that comes twice', async () => {
    const { token } = await api.signIn('twice')
    const answer = await api.call('/wx/meeting/list?tab=upcoming&tab=past', { token })
    expect(answer).toMatchObject(BAD_ARGUMENT)
  })

  it('refuses a URL with invalid percent-encoding', async () => {
    const response = await rawRequest(
      api.url,
      'GET /wx/auth/sessions/%E0%A4%A HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    )
    expect([statusOf(response), errnoOf(response)]).toEqual([400, 401])
  })

  it('writes one log line for a request, whatever it contains', async () => {
    const before = api.logs.lines().length
    await api.call('/wx/none%0a%7b"level":60%7d', { headers: { 'x-request-id': 'x"\tlevel' } })
    const added = api.logs.lines().slice(before)

    expect(added).toHaveLength(1)
    expect(added[0]).toMatchObject({ level: 'info', route: '(none)', status: 404, errno: 503 })
    expect(added[0]?.reqId).toMatch(/^[0-9a-f-]{36}$/)
  })
})
