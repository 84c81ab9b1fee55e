import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  answering,
  answeringInTurn,
  failureOf,
  SESSION,
  SESSION_KEY,
  useServers,
} from './support.ts'

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

describe('a connection that fails', () => {
  const { startHttp, startTcp, createClient } = useServers()

  it('nobody listening is unreachable after one retry', async () => {
    const { createServer } = await import('node:net')
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const address = closed.address()
    await new Promise((resolve) => closed.close(resolve))
    const port = typeof address === 'object' ? address?.port : undefined
    const retries: unknown[] = []
    const client = createClient({
      baseUrl: `http://127.0.0.1:${port}`,
      onEvent: (event) => retries.push(event),
    })

    const error = await failureOf(client.code2Session(CODE), CODE)
    expect(error).toMatchObject({ reason: 'unreachable', errcode: null, retryAfterSeconds: 1 })
    expect(retries).toEqual([{ type: 'retry', path: '/sns/jscode2session', reason: 'unreachable' }])
  })

  it('a name that does not resolve is unreachable', async () => {
    const client = createClient({ baseUrl: 'https://wechat.invalid', connectTimeoutMs: 200 })

    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({
      reason: 'unreachable',
    })
  })

  it('a handshake that never ends is given up at the connect time-out, and its socket closed', async () => {
    const closed: Promise<unknown>[] = []
    const server = await startTcp((socket) => {
      closed.push(new Promise((resolve) => socket.resume().once('close', resolve)))
    }, 'https')
    const client = createClient({ baseUrl: server.url, connectTimeoutMs: 50 })

    const error = await failureOf(client.code2Session(CODE), CODE)
    expect(error).toMatchObject({ reason: 'unreachable' })
    expect(error.message).toContain('CONNECT_TIMEOUT')
    expect(closed).toHaveLength(2)
    await Promise.all(closed)
  })

  it('a reset after the request was sent is not retried: the code may be used up', async () => {
    const server = await startHttp((request) => request.socket.resetAndDestroy())
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({
      reason: 'bad_response',
    })
    expect(server.requests).toHaveLength(1)
  })

  it('a body cut off in the middle is a bad response', async () => {
    const server = await startHttp((request, response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write(`{"session_key":"${SESSION_KEY}",`, () => request.socket.resetAndDestroy())
    })
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({
      reason: 'bad_response',
    })
  })

  it.each([
    ['nonsense', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
  ])('%s instead of HTTP is a bad response', async (_what, bytes) => {
    const server = await startTcp((socket) => socket.once('data', () => socket.end(bytes)))
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({
      reason: 'bad_response',
    })
  })
})

describe('a server that is slow', () => {
  const { startHttp, startTcp, createClient } = useServers()

  const trickle = (text: string) => (socket: import('node:net').Socket) => {
    const bytes = [...text]
    const timer = setInterval(() => socket.write(bytes.shift() ?? ' '), 10)
    socket.resume().once('close', () => clearInterval(timer))
  }

  it.each([
    ['header', trickle(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(10_000)}`)],
    [
      'body',
      (socket: import('node:net').Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n')
        trickle('{'.padEnd(10_000))(socket)
      },
    ],
  ])('a %s that comes byte by byte ends with the budget', async (_what, serve) => {
    const server = await startTcp(serve)
    const client = createClient({ baseUrl: server.url, totalTimeoutMs: 150 })

    const error = await failureOf(client.code2Session(CODE), CODE)
    expect(error).toMatchObject({ reason: 'timeout', errcode: null, retryAfterSeconds: 1 })
  })

  it('one budget covers both attempts', async () => {
    const server = await startHttp(
      answeringInTurn(answering({ errcode: -1, errmsg: 'system error' }), () => {}),
    )
    const events: string[] = []
    const client = createClient({
      baseUrl: server.url,
      totalTimeoutMs: 400,
      maxRetryDelayMs: 50,
      slowMs: 300,
      onEvent: ({ type }) => events.push(type),
    })

    const started = performance.now()
    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({ reason: 'timeout' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(395)
    expect(server.requests).toHaveLength(2)
    expect(events).toEqual(['retry', 'slow'])
  })

  it("the caller's abort ends the call at once, with the caller's reason", async () => {
    const abort = new AbortController()
    const reason = new Error('the person has gone')
    const server = await startHttp(() => abort.abort(reason))
    const client = createClient({ baseUrl: server.url })

    await expect(client.code2Session(CODE, { signal: abort.signal })).rejects.toBe(reason)
    await expect(client.code2Session(CODE, { signal: abort.signal })).rejects.toBe(reason)
    expect(server.requests).toHaveLength(1)
    expect(client.health().breaker).toBe('closed')
  })

  it('a closed client refuses, and close waits for the call under way', async () => {
    let answerNow: (() => void) | undefined
    const server = await startHttp((request, response) => {
      answerNow = () => answering(SESSION)(request, response)
    })
    const client = createClient({ baseUrl: server.url })
    const underWay = client.code2Session(CODE)
    await expect.poll(() => answerNow).toBeDefined()

    const closing = client.close()
    answerNow?.()
    await closing
    expect((await underWay).openid).toBe(SESSION.openid)
    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({
      reason: 'unreachable',
    })
    await client.close()
  })
})
