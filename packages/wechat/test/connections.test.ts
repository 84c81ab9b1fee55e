import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { answering, answeringInTurn, failureOf, SESSION, useServers } from './support.ts'

const CODE = '0a1CODEcodeCODEcode1a0'

describe('a connection that fails', () => {
  const { startTcp, createClient } = useServers()

  it('a closed port is unreachable after one retry', async () => {
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

  it('a handshake that never ends fails at the connect time-out without a retry, and its socket is closed', async () => {
    const closed: Promise<unknown>[] = []
    const server = await startTcp((socket) => {
      closed.push(new Promise((resolve) => socket.resume().once('close', resolve)))
    }, 'https')
    const events: unknown[] = []
    const client = createClient({
      baseUrl: server.url,
      connectTimeoutMs: 50,
      onEvent: (event) => events.push(event),
    })

    const error = await failureOf(client.code2Session(CODE), CODE)
    expect(error).toMatchObject({ reason: 'unreachable' })
    expect(error.message).toContain('CONNECT_TIMEOUT')
    expect(events).toEqual([])
    await expect.poll(() => closed).toHaveLength(1)
    await Promise.all(closed)
  })
})

describe('a server that is slow', () => {
  const { startHttp, createClient } = useServers()

  it('one budget covers both attempts', async () => {
    const server = await startHttp(
      answeringInTurn(answering({ errcode: -1, errmsg: 'system error' }), () => {}),
    )
    const events: string[] = []
    const client = createClient({
      baseUrl: server.url,
      totalTimeoutMs: 1_000,
      maxRetryDelayMs: 50,
      slowMs: 900,
      onEvent: ({ type }) => events.push(type),
    })

    const started = performance.now()
    expect(await failureOf(client.code2Session(CODE), CODE)).toMatchObject({ reason: 'timeout' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(990)
    expect(server.requests).toHaveLength(2)
    expect(events).toEqual(['retry', 'slow'])
  })

  it("the caller's abort ends the call at once, with the caller's reason", async () => {
    const abort = new AbortController()
    const reason = new Error('the user has left')
    const server = await startHttp(() => abort.abort(reason))
    const client = createClient({ baseUrl: server.url })

    await expect(client.code2Session(CODE, { signal: abort.signal })).rejects.toBe(reason)
    await expect(client.code2Session(CODE, { signal: abort.signal })).rejects.toBe(reason)
    expect(server.requests).toHaveLength(1)
    expect(client.health().breaker).toBe('closed')
  })

  it('a closed client refuses calls, and close waits for those under way', async () => {
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
