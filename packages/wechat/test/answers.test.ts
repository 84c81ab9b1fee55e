import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { answering, failureOf, SESSION, SESSION_KEY, useServers } from './support.ts'

const CODE = '0a1CODEcodeCODEcode1a0'

describe('an answer that is not what WeChat documents', () => {
  const { startHttp, createClient } = useServers()

  // Other bad responses are in the resilience suite; these cases check the details of the error.
  it.each([
    ['status 502 with a good body', answering(SESSION, 502)],
    ['an HTML page', answering('<!DOCTYPE html><p>login</p>')],
    ['no openid', answering({ session_key: SESSION_KEY })],
    ['an errcode of text', answering({ errcode: '0', ...SESSION })],
    ['a fractional errcode', answering({ errcode: 0.5, ...SESSION })],
    [
      'a body compressed although the request did not allow it',
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

  it('an empty unionid counts as none', async () => {
    const server = await startHttp(answering({ ...SESSION, unionid: '' }))

    const session = await createClient({ baseUrl: server.url }).code2Session(CODE)
    expect(session.unionid).toBeNull()
  })
})
