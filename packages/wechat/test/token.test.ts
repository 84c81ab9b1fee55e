import { Type } from 'typebox'
import { describe, expect, it, vi } from 'vitest'
import type { WeChatEvent } from '../src/index.ts'
import { createMemoryTokenStore } from '../src/index.ts'
import { answering, createTokenPlatform, failureOf, useServers } from './support.ts'

const PING = { path: '/wxa/ping', reply: Type.Object({}) }

describe('access_token', () => {
  const { startHttp, createClient } = useServers()

  it('is renewed before it expires while callers continue with the present one', async () => {
    const platform = createTokenPlatform({}, 20)
    const server = await startHttp(platform.answer)
    const client = createClient({ baseUrl: server.url })
    await client.call(PING)

    platform.serial = 2
    platform.expiresIn = 7_200
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 16_000)
    await client.call(PING)
    expect(server.requests.at(-1)?.url).toContain('access_token=T')
    await expect.poll(() => platform.issued).toHaveLength(2)
    await expect.poll(async () => (await client.accessToken.get()).accessToken).toBe('T2')
  })

  it('is used until it expires when it cannot be renewed', async () => {
    const platform = createTokenPlatform({}, 100)
    const server = await startHttp((request, response) => {
      const isRenewal = platform.issued.length > 0 && request.url === '/cgi-bin/stable_token'
      if (isRenewal) answering('', 502)(request, response)
      else void platform.answer(request, response)
    })
    const events: WeChatEvent[] = []
    const client = createClient({ baseUrl: server.url, onEvent: (event) => events.push(event) })
    await client.call(PING)

    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 20_000)
    await client.call(PING)
    await expect.poll(() => events).toContainEqual({ type: 'token', action: 'renewal_failed' })
    await client.call(PING)
    expect(server.requests.filter(({ url }) => url === '/cgi-bin/stable_token')).toHaveLength(2)
  })

  it('is forced when WeChat issues the refused one again, at most once in 30 s', async () => {
    const platform = createTokenPlatform()
    const server = await startHttp(platform.answer)
    const client = createClient({ baseUrl: server.url })
    platform.dead.add('T1')

    await client.call(PING)
    expect(platform.issued).toEqual([{ force: false }, { force: false }, { force: true }])
    platform.dead.add('T2')
    expect(await failureOf(client.call(PING), 'T2')).toMatchObject({
      reason: 'misconfigured',
      errcode: 40001,
    })
    expect(platform.issued).toHaveLength(4)
  })

  it.each([40001, 40014, 42001])(
    'errcode %i causes one new token and one retry, not more',
    async (errcode) => {
      let serial = 0
      const server = await startHttp((request, response) => {
        serial += 1
        const token = { access_token: `T${serial}`, expires_in: 7_200 }
        const isToken = request.url === '/cgi-bin/stable_token'
        answering(isToken ? token : { errcode, errmsg: 'no' })(request, response)
      })
      const client = createClient({ baseUrl: server.url })

      expect(await failureOf(client.call(PING))).toMatchObject({ errcode })
      expect(server.requests.map(({ url }) => url?.split('?')[0])).toEqual([
        '/cgi-bin/stable_token',
        '/wxa/ping',
        '/cgi-bin/stable_token',
        '/wxa/ping',
      ])
    },
  )

  it.each([
    [40164, 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist', '203.0.113.9'],
    [40243, 'AppSecret frozen', 'frozen'],
    [40125, 'invalid appsecret', 'AppSecret'],
    [89503, 'ip need admin confirm', 'administrator'],
  ])(
    'errcode %i when it is requested names the cause and stops requests for a second',
    async (errcode, errmsg, hint) => {
      const server = await startHttp(answering({ errcode, errmsg }))
      const client = createClient({ baseUrl: server.url })

      const error = await failureOf(client.call(PING))
      expect(error).toMatchObject({ reason: 'misconfigured', errcode })
      expect(error.message).toContain(hint)
      expect(await failureOf(client.call(PING))).toMatchObject({ errcode })
      expect(server.requests).toHaveLength(1)
    },
  )

  it('a store that fails leaves each node with a token of its own', async () => {
    const fail = () => Promise.reject(new Error('down'))
    const platform = createTokenPlatform()
    const server = await startHttp(platform.answer)
    const events: WeChatEvent[] = []
    const client = createClient({
      baseUrl: server.url,
      tokenStore: { read: fail, write: fail, lock: fail },
      onEvent: (event) => events.push(event),
    })

    await Promise.all([client.call(PING), client.call(PING)])
    expect(platform.issued).toHaveLength(1)
    expect(events).toContainEqual({ type: 'token', action: 'store_failed' })
  })

  it('a node that dies while it holds the lock delays the others no longer than its budget', async () => {
    const store = createMemoryTokenStore()
    await store.lock('access_token:wx0123456789abcdef', 150)
    const platform = createTokenPlatform()
    const server = await startHttp(platform.answer)
    const client = createClient({ baseUrl: server.url, tokenStore: store })

    await client.call(PING)
    expect(platform.issued).toHaveLength(1)
  })

  it('waiting for it ends with the budget of the call or with the caller’s abort', async () => {
    const store = createMemoryTokenStore()
    await store.lock('access_token:wx0123456789abcdef', 60_000)
    const server = await startHttp(answering({}))
    const client = createClient({ baseUrl: server.url, tokenStore: store, totalTimeoutMs: 200 })

    const abort = new AbortController()
    const aborted = client.call(PING, { signal: abort.signal })
    const waiting = failureOf(client.call(PING))
    abort.abort(new Error('gone'))
    await expect(aborted).rejects.toThrow('gone')
    expect(await waiting).toMatchObject({ reason: 'timeout' })
    expect(server.requests).toHaveLength(0)
  })
})
