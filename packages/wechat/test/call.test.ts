import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import {
  answering,
  answeringInTurn,
  createTokenPlatform,
  failureOf,
  useServers,
} from './support.ts'

const PING = { path: '/wxa/ping', reply: Type.Object({}) }

describe('call', () => {
  const { startHttp, createClient } = useServers()

  it('sends JSON with the token and resolves to the checked answer', async () => {
    const bodies: string[] = []
    const platform = createTokenPlatform({ errcode: 0, count: 3, more: true })
    const server = await startHttp((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)))
      void platform.answer(request, response)
    })
    const client = createClient({ baseUrl: server.url })
    const { count } = await client.call({
      path: '/wxa/counts',
      query: { day: '1&2' },
      body: { name: '会议' },
      reply: Type.Object({ count: Type.Integer() }),
    })

    expect(count).toBe(3)
    const [request] = server.requests.slice(-1)
    expect([
      request?.method,
      request?.url,
      request?.headers['content-type'],
      bodies.at(-1),
    ]).toEqual([
      'POST',
      '/wxa/counts?access_token=T1&day=1%262',
      'application/json',
      '{"name":"会议"}',
    ])
  })

  it('an answer of another shape is a bad response, but no outage', async () => {
    const server = await startHttp(createTokenPlatform({ errcode: 0, count: '3' }).answer)
    const client = createClient({ baseUrl: server.url })
    const reply = Type.Object({ count: Type.Integer() })

    for (let call = 0; call < 10; call += 1) {
      expect(await failureOf(client.call({ path: '/wxa/counts', reply }), 'T1')).toMatchObject({
        reason: 'bad_response',
      })
    }
    expect(client.health().api.breaker).toBe('closed')
  })

  it('a long answer is read when the call raises the limit', async () => {
    const server = await startHttp(createTokenPlatform({ data: 'x'.repeat(100_000) }).answer)
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.call(PING))).toMatchObject({ reason: 'bad_response' })
    expect(await client.call({ ...PING, maxResponseBytes: 200_000 })).toHaveProperty('data')
  })

  it('a call that must not be repeated is not retried when WeChat is busy', async () => {
    const token = answering({ access_token: 'T1', expires_in: 7_200 })
    const busy = answering({ errcode: -1, errmsg: 'system error' })
    const server = await startHttp(answeringInTurn(token, busy))
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.call({ ...PING, retryBusy: false }))).toMatchObject({
      reason: 'busy',
    })
    expect(server.requests).toHaveLength(2)
  })

  it('its outage does not affect sign-in', async () => {
    const session = { openid: 'oabc', session_key: 'AAECAwQFBgcICQoLDA0ODw==' }
    const server = await startHttp((request, response) => {
      const isLogin = request.url?.startsWith('/sns/')
      answering(isLogin ? session : 'broken')(request, response)
    })
    const client = createClient({ baseUrl: server.url })
    for (let call = 0; call < 6; call += 1) {
      await client.call(PING).catch(() => {})
      await client.accessToken.forceRefresh().catch(() => {})
    }

    expect(client.health()).toMatchObject({ breaker: 'closed', api: { breaker: 'open' } })
    expect((await client.code2Session('code')).openid).toBe('oabc')
  })
})
