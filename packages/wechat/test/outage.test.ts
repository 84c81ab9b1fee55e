import type { RequestListener, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { WeChatError, WeChatEvent } from '../src/index.ts'
import { answering, failureOf, SESSION, useServers } from './support.ts'

/** Fails fast; the breaker stays open until the test moves the clock. */
const POLICY = { totalTimeoutMs: 300, breakerWindowMs: 400, breakerOpenMs: 60_000 }

const passBreakerOpenMs = () => {
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + POLICY.breakerOpenMs)
}

describe('while WeChat fails', () => {
  const { startHttp, createClient } = useServers()

  it.each<[string, RequestListener]>([
    ['stalls', () => {}],
    ['answers 502', answering('bad gateway', 502)],
    ['resets', (request) => request.socket.resetAndDestroy()],
    ['is always busy', answering({ errcode: -1, errmsg: 'system error' })],
  ])(
    'the breaker opens when it %s, answers without sending, and closes by itself',
    async (_what, fail) => {
      let answer = answering(SESSION)
      const server = await startHttp((request, response) => answer(request, response))
      const events: WeChatEvent[] = []
      const client = createClient({
        baseUrl: server.url,
        ...POLICY,
        maxRetryDelayMs: 20,
        onEvent: (event) => events.push(event),
      })
      const signIn = () =>
        client.code2Session('code').then(
          () => null,
          (error: WeChatError) => error,
        )
      await Promise.all(Array.from({ length: 20 }, signIn))

      answer = fail
      const calls: Promise<unknown>[] = []
      while (client.health().breaker === 'closed') {
        calls.push(signIn())
        await delay(5)
      }
      await Promise.all(calls)
      const sent = server.requests.length
      const refused = await failureOf(client.code2Session('code'))
      expect(refused).toMatchObject({ reason: 'circuit_open', retryAfterSeconds: 60 })
      expect(server.requests).toHaveLength(sent)

      answer = answering(SESSION)
      passBreakerOpenMs()
      await expect.poll(signIn, { interval: 20, timeout: 5_000 }).toBeNull()
      expect(client.health()).toMatchObject({ breaker: 'closed', running: 0, queued: 0 })
      const states = events.filter((event) => event.type === 'breaker').map(({ state }) => state)
      expect(states.slice(0, 1)).toEqual(['open'])
      expect(states.slice(-2)).toEqual(['half-open', 'closed'])
    },
  )

  it('one call probes while the others are refused at once, and an aborted probe reopens the breaker', async () => {
    let answer: RequestListener = answering('', 503)
    const server = await startHttp((request, response) => answer(request, response))
    const client = createClient({ baseUrl: server.url, ...POLICY, totalTimeoutMs: 10_000 })
    for (let call = 0; call < 5; call += 1) await failureOf(client.code2Session('code'))
    expect(client.health().breaker).toBe('open')

    answer = () => {}
    const abort = new AbortController()
    passBreakerOpenMs()
    const probe = client.code2Session('code', { signal: abort.signal })
    await expect.poll(() => server.requests.length).toBe(6)
    expect(client.health().breaker).toBe('half-open')
    expect(await failureOf(client.code2Session('code'))).toMatchObject({ reason: 'circuit_open' })
    expect(server.requests).toHaveLength(6)

    abort.abort(new Error('gone'))
    await expect(probe).rejects.toThrow('gone')
    expect(client.health().breaker).toBe('open')
  })

  it('the late failure of a call from before the breaker opened does not keep it open', async () => {
    const stalled: ServerResponse[] = []
    let answer: RequestListener = (_request, response) => void stalled.push(response)
    const server = await startHttp((request, response) => answer(request, response))
    const client = createClient({ baseUrl: server.url, ...POLICY, totalTimeoutMs: 10_000 })
    const late = failureOf(client.code2Session('code'))
    await expect.poll(() => stalled.length).toBe(1)
    answer = answering('', 503)
    for (let call = 0; call < 5; call += 1) await failureOf(client.code2Session('code'))

    answer = (_request, response) => void stalled.push(response)
    passBreakerOpenMs()
    const probe = client.code2Session('code')
    await expect.poll(() => stalled.length).toBe(2)
    stalled[0]?.destroy()
    expect(await late).toMatchObject({ reason: 'bad_response' })
    expect(client.health().breaker).toBe('half-open')

    stalled[1]?.end(JSON.stringify(SESSION))
    await probe
    expect(client.health().breaker).toBe('closed')
  })

  it.each([40029, 40163, 40226, 40013, 45011, 45009, 99999])(
    'errcode %i never opens the breaker',
    async (errcode) => {
      const server = await startHttp(answering({ errcode, errmsg: 'no' }))
      const client = createClient({ baseUrl: server.url, ...POLICY })
      for (let call = 0; call < 30; call += 1) await failureOf(client.code2Session('code'))

      expect(server.requests).toHaveLength(30)
      expect(client.health().breaker).toBe('closed')
    },
  )
})

describe('under load', () => {
  const { startHttp, createClient } = useServers()

  it('one call in ten that stalls neither delays the others nor opens the breaker', async () => {
    let count = 0
    const server = await startHttp((request, response) => {
      count += 1
      if (count % 10 !== 0) answering(SESSION)(request, response)
    })
    const client = createClient({ baseUrl: server.url, totalTimeoutMs: 30_000 })
    const aborts = Array.from({ length: 200 }, () => new AbortController())

    const outcomes = { done: 0, failed: 0 }
    const calls = aborts.map(({ signal }) =>
      client.code2Session('code', { signal }).then(
        () => (outcomes.done += 1),
        () => (outcomes.failed += 1),
      ),
    )
    await expect.poll(() => outcomes, { timeout: 20_000 }).toEqual({ done: 180, failed: 0 })
    for (const abort of aborts) abort.abort(new Error('enough'))
    await Promise.all(calls)
    expect(outcomes).toEqual({ done: 180, failed: 20 })
    expect(client.health().breaker).toBe('closed')
  })

  it('calls beyond the slots and the queue are refused at once, and queued calls follow', async () => {
    const waiting: (() => void)[] = []
    const server = await startHttp((request, response) => {
      waiting.push(() => answering(SESSION)(request, response))
    })
    const client = createClient({ baseUrl: server.url, maxConcurrent: 2, maxQueued: 1 })
    const calls = [1, 2, 3].map(() => client.code2Session('code'))
    await expect.poll(() => waiting.length).toBe(2)

    expect(client.health()).toMatchObject({ breaker: 'closed', running: 2, queued: 1 })
    expect(await failureOf(client.code2Session('code'))).toMatchObject({ reason: 'overloaded' })
    for (const answer of waiting) answer()
    await expect.poll(() => waiting.length).toBe(3)
    waiting[2]?.()
    expect(await Promise.all(calls)).toHaveLength(3)
  })

  it('a call that gets no slot within its budget is overloaded, not timed out', async () => {
    const server = await startHttp(() => {})
    const client = createClient({ baseUrl: server.url, maxConcurrent: 1, totalTimeoutMs: 1_000 })
    const [first, second] = await Promise.all([
      failureOf(client.code2Session('code')),
      failureOf(client.code2Session('code')),
    ])

    expect([first?.reason, second?.reason]).toEqual(['timeout', 'overloaded'])
    expect(server.requests).toHaveLength(1)
  })

  it('keep-alive connections are reused', async () => {
    const server = await startHttp(answering(SESSION))
    const client = createClient({ baseUrl: server.url })
    for (let call = 0; call < 10; call += 1) await client.code2Session('code')

    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBeLessThan(5)
  })
})
