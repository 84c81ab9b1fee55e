import type { Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis as IoRedis } from 'ioredis'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TokenStore, WeChatEvent } from '../src/index.ts'
import { createMemoryTokenStore, createRedisTokenStore } from '../src/index.ts'
import {
  answering,
  answeringInTurn,
  createTokenPlatform,
  failureOf,
  useServers,
} from './support.ts'

const Anything = Type.Object({})
const PING = { path: '/wxa/ping', reply: Anything }

const sharesTokens = (createStores: () => TokenStore[]) => {
  const { startHttp, createClient } = useServers()

  const startNodes = async (platform: ReturnType<typeof createTokenPlatform>) => {
    const server = await startHttp(platform.answer)
    return createStores().map((tokenStore) => createClient({ baseUrl: server.url, tokenStore }))
  }

  it('200 callers on each of two nodes cause one call for a token', async () => {
    const platform = createTokenPlatform()
    const nodes = await startNodes(platform)
    const calls = nodes.flatMap((node) => Array.from({ length: 200 }, () => node.call(PING)))

    await Promise.all(calls)
    expect(platform.issued).toEqual([{ force: false }])
  })

  it('when WeChat refuses the token, both nodes get one new one and nobody notices', async () => {
    const platform = createTokenPlatform()
    const nodes = await startNodes(platform)
    await Promise.all(nodes.map((node) => node.call(PING)))

    platform.dead.add('T1')
    platform.serial = 2
    const calls = nodes.flatMap((node) => Array.from({ length: 100 }, () => node.call(PING)))
    await Promise.all(calls)
    expect(platform.issued).toEqual([{ force: false }, { force: false }])
  })

  it('what one node forces, the other uses', async () => {
    const platform = createTokenPlatform()
    const [first, second] = await startNodes(platform)
    await second?.call(PING)
    const forced = await first?.accessToken.forceRefresh()

    expect(forced).toEqual({ accessToken: 'T2', expiresAt: expect.any(Date) })
    await second?.call(PING)
    expect(await second?.accessToken.get()).toEqual(forced)
    expect(platform.issued).toEqual([{ force: false }, { force: true }])
  })
}

describe('access_token in one process', () => {
  sharesTokens(() => {
    const store = createMemoryTokenStore()
    return [store, store]
  })
})

describeWithServers(['redis'], 'access_token through Redis', () => {
  let redis: Redis
  const clients: IoRedis[] = []
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(async () => {
    for (const client of clients) client.disconnect()
    await redis.stop()
  })

  let run = 0
  const createStores = () => {
    run += 1
    return [1, 2].map(() => {
      const client = new IoRedis(redis.url)
      clients.push(client)
      return createRedisTokenStore(client, { prefix: `test${run}:` })
    })
  }

  sharesTokens(createStores)

  it('a lock is one caller’s until it is released or its time is over', async () => {
    const [first, second] = createStores()
    const lock = await first?.lock('key', 60_000)
    expect(await second?.lock('key', 60_000)).toBeNull()
    await lock?.release()
    const brief = await second?.lock('key', 1)
    await expect.poll(() => first?.lock('key', 60_000)).not.toBeNull()
    await brief?.release()
    expect(await second?.lock('key', 60_000)).toBeNull()
  })
})

describe('access_token', () => {
  const { startHttp, createClient } = useServers()

  it('is renewed before its end while callers go on with the present one', async () => {
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

  it('is used to its end when it cannot be renewed', async () => {
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

  it('is forced when WeChat hands out again what it refuses, at most once in 30 s', async () => {
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
    'errcode %i costs one new token and one retry, not more',
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
    'errcode %i at its issue says what to do, and is not asked again for a second',
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

  it('a store that fails leaves each node to itself', async () => {
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

  it('a node that dies with the lock delays the others by its budget, and does not stop them', async () => {
    const store = createMemoryTokenStore()
    await store.lock('access_token:wx0123456789abcdef', 150)
    const platform = createTokenPlatform()
    const server = await startHttp(platform.answer)
    const client = createClient({ baseUrl: server.url, tokenStore: store })

    await client.call(PING)
    expect(platform.issued).toHaveLength(1)
  })

  it('waiting for it ends with the budget of the call, or with the caller’s abort', async () => {
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

  it('an answer of another shape is a bad response', async () => {
    const server = await startHttp(createTokenPlatform({ errcode: 0, count: '3' }).answer)
    const client = createClient({ baseUrl: server.url })
    const reply = Type.Object({ count: Type.Integer() })

    expect(await failureOf(client.call({ path: '/wxa/counts', reply }), 'T1')).toMatchObject({
      reason: 'bad_response',
    })
  })

  it('a call that must not be done twice is not retried when WeChat is busy', async () => {
    const token = answering({ access_token: 'T1', expires_in: 7_200 })
    const busy = answering({ errcode: -1, errmsg: 'system error' })
    const server = await startHttp(answeringInTurn(token, busy))
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.call({ ...PING, retryBusy: false }))).toMatchObject({
      reason: 'busy',
    })
    expect(server.requests).toHaveLength(2)
  })

  it('its failures leave sign-in alone', async () => {
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
