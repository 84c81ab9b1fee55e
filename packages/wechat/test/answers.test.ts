import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { answering, failureOf, SESSION, SESSION_KEY, useServers } from './support.ts'

const CODE = '0a1CODEcodeCODEcode1a0'

describe('an answer that is not what WeChat promises', () => {
  const { startHttp, createClient } = useServers()

  it.each([
    ['status 500', answering('oops', 500)],
    ['status 502 with a good body', answering(SESSION, 502)],
    ['status 404', answering({}, 404)],
    ['status 204', answering('', 204)],
    ['an HTML page', answering('<!DOCTYPE html><p>login</p>')],
    ['an empty body', answering('')],
    ['half a JSON object', answering(JSON.stringify(SESSION).slice(0, 40))],
    ['a JSON array', answering([SESSION])],
    ['a JSON string', answering('"ok"')],
    ['null', answering('null')],
    ['invalid UTF-8', answering(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
    ['an errcode of text', answering({ errcode: '0', ...SESSION })],
    ['a fractional errcode', answering({ errcode: 0.5, ...SESSION })],
    ['no openid', answering({ session_key: SESSION_KEY })],
    ['no session_key', answering({ openid: SESSION.openid })],
    ['an openid of number', answering({ ...SESSION, openid: 28 })],
    ['an openid of 10 KB', answering({ ...SESSION, openid: 'o'.repeat(10_240) })],
    ['an openid with a quote', answering({ ...SESSION, openid: "o'--" })],
    ['an openid with a newline', answering({ ...SESSION, openid: 'oabc\n' })],
    ['an openid only in __proto__', answering(`{"__proto__":${JSON.stringify(SESSION)}}`)],
    ['a session_key of 15 bytes', answering({ ...SESSION, session_key: 'AAECAwQFBgcICQoLDA0O' })],
    ['a unionid of number', answering({ ...SESSION, unionid: 1 })],
    [
      'a body that was compressed unasked',
      answering(gzipSync('{}'), 200, { 'content-encoding': 'gzip' }),
    ],
  ])('%s is a bad response, after one request', async (_what, answer) => {
    const server = await startHttp(answer)
    const client = createClient({ baseUrl: server.url })

    const error = await failureOf(client.code2Session(CODE), CODE)
    expect(error).toMatchObject({ reason: 'bad_response', errcode: null, retryAfterSeconds: 1 })
    expect(error.message).toContain('/sns/jscode2session')
    expect(server.requests).toHaveLength(1)
  })

  it.each([301, 302, 303, 307, 308])('a %i is not followed', async (status) => {
    const elsewhere = await startHttp(answering(SESSION))
    const server = await startHttp(answering('', status, { location: `${elsewhere.url}/` }))
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({
      reason: 'bad_response',
    })
    expect(elsewhere.requests).toHaveLength(0)
  })

  it('a body of 100 MB is cut off at 64 KiB', async () => {
    let sent = 0
    const server = await startHttp((_request, response) => {
      const chunk = Buffer.alloc(65_536, ' ')
      const pump = () => {
        while (sent < 104_857_600 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', pump)
        }
        response.end()
      }
      pump()
    })
    const client = createClient({ baseUrl: server.url })

    const error = await failureOf(client.code2Session(CODE), CODE)
    expect(error.message).toContain('65536')
    expect(sent).toBeLessThan(20_971_520)
  })

  it('an answer of exactly 64 KiB is read', async () => {
    const padding = 65_536 - JSON.stringify({ ...SESSION, pad: '' }).length
    const server = await startHttp(answering({ ...SESSION, pad: 'x'.repeat(padding) }))

    const session = await createClient({ baseUrl: server.url }).code2Session(CODE)
    expect(session.openid).toBe(SESSION.openid)
  })

  it('errcode 0 beside a good body is a success, and further fields do not matter', async () => {
    const server = await startHttp(answering({ errcode: 0, errmsg: 'ok', ...SESSION, unionid: '' }))
    const client = createClient({ baseUrl: server.url })

    expect(await client.code2Session(CODE)).toEqual({
      openid: SESSION.openid,
      sessionKey: SESSION_KEY,
      unionid: null,
    })
  })
})
