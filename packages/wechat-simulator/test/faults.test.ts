import { describe, expect, it } from 'vitest'
import type { FaultInput, Simulator } from '../src/index.ts'
import { APP, code2Session, useSimulator } from './support.ts'

const start = useSimulator()
const PATH = '/sns/jscode2session'

const startWith = async (fault: Omit<FaultInput, 'path'>) => {
  const simulator = await start()
  await simulator.control.createPerson({ name: 'alice' })
  const { code } = await simulator.control.login({ appid: APP.appid, person: 'alice' })
  await simulator.control.addFault({ path: PATH, ...fault })

  return { simulator, code }
}

const request = ({ url }: Simulator, js_code: string, init: RequestInit = {}) =>
  fetch(
    `${url}${PATH}?${new URLSearchParams({ ...APP, js_code, grant_type: 'authorization_code' })}`,
    init,
  )

const errcodeOf = async (simulator: Simulator, code: string) =>
  (await code2Session(simulator, { js_code: code })).body.errcode ?? 0

describe('a fault that is answered in place of WeChat', () => {
  it('answers its errcode once, and leaves the code usable', async () => {
    const { simulator, code } = await startWith({ errcode: -1 })

    expect((await code2Session(simulator, { js_code: code })).body).toMatchObject({
      errcode: -1,
      errmsg: expect.stringMatching(/^system error, rid: /),
    })
    expect(await errcodeOf(simulator, code)).toBe(0)
  })

  it('happens as many times as given', async () => {
    const { simulator, code } = await startWith({ errcode: -1, times: 2 })
    const answers = []
    for (let call = 0; call < 3; call += 1) answers.push(await errcodeOf(simulator, code))

    expect(answers).toEqual([-1, -1, 0])
  })

  it('with 0 times lasts until it is cleared', async () => {
    const { simulator, code } = await startWith({ errcode: -1, times: 0 })
    for (let call = 0; call < 3; call += 1) expect(await errcodeOf(simulator, code)).toBe(-1)
    await simulator.control.clearFaults()

    expect(await errcodeOf(simulator, code)).toBe(0)
  })

  it('answers an HTTP status and body', async () => {
    const { simulator, code } = await startWith({ status: 502, body: 'Bad Gateway' })
    const response = await request(simulator, code)

    expect(response.status).toBe(502)
    expect(await response.text()).toBe('Bad Gateway')
  })

  it('answers HTML with status 200', async () => {
    const { simulator, code } = await startWith({ html: true })
    const response = await request(simulator, code)

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html')
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/)
  })

  it('resets the connection, and leaves the code usable', async () => {
    const { simulator, code } = await startWith({ reset: true })

    await expect(request(simulator, code)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(await errcodeOf(simulator, code)).toBe(0)
  })
})

describe('a fault after the request was processed', () => {
  it('never answers, with the code consumed', async () => {
    const { simulator, code } = await startWith({ stallAfterConsuming: true })
    const gone = new AbortController()
    const stalled = request(simulator, code, { signal: gone.signal })
    await expect.poll(() => simulator.control.calls({ path: PATH })).toHaveLength(1)
    gone.abort()

    await expect(stalled).rejects.toThrow()
    expect(await errcodeOf(simulator, code)).toBe(40163)
  })

  it('ends with the simulator when it stalls', async () => {
    const { simulator, code } = await startWith({ stallAfterConsuming: true })
    const stalled = request(simulator, code).catch((error: Error) => error)
    await expect.poll(() => simulator.control.calls({ path: PATH })).toHaveLength(1)
    await simulator.close()

    expect(await stalled).toBeInstanceOf(Error)
  })

  it('answers late', async () => {
    const { simulator, code } = await startWith({ latencyMs: 150 })
    const before = performance.now()
    const response = await request(simulator, code)

    expect(await response.json()).toHaveProperty('openid')
    expect(performance.now() - before).toBeGreaterThan(140)
  })

  it('drops the connection in the middle of the answer', async () => {
    const { simulator, code } = await startWith({ truncate: true })
    const response = await request(simulator, code)

    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  it('answers as many bytes as given, still JSON', async () => {
    const { simulator, code } = await startWith({ oversizeBytes: 3_000_000 })
    const text = await (await request(simulator, code)).text()

    expect(text).toHaveLength(3_000_000)
    expect(JSON.parse(text)).toHaveProperty('openid')
  })

  it('answers byte by byte', async () => {
    const { simulator, code } = await startWith({ slowBytes: 1 })
    const response = await request(simulator, code)
    const sizes = []
    for await (const chunk of response.body ?? []) sizes.push(chunk.length)

    expect(sizes.length).toBeGreaterThan(10)
  })

  it('answers the wrong types', async () => {
    const { simulator, code } = await startWith({ wrongTypes: true })

    expect((await code2Session(simulator, { js_code: code })).body).toEqual({
      session_key: 24,
      openid: 28,
    })
  })

  it('answers another Content-Type', async () => {
    const { simulator, code } = await startWith({ contentType: 'application/json' })
    const { contentType, body } = await code2Session(simulator, { js_code: code })

    expect(contentType).toBe('application/json')
    expect(body).toHaveProperty('openid')
  })
})

it('reports the fault of a call, and applies faults in order', async () => {
  const { simulator, code } = await startWith({ errcode: -1 })
  await simulator.control.addFault({ path: PATH, html: true })
  await errcodeOf(simulator, code)
  await request(simulator, code)
  await errcodeOf(simulator, code)

  const calls = await simulator.control.calls()
  expect(calls.map(({ fault, errcode }) => [fault, errcode])).toEqual([
    ['errcode', -1],
    ['html', undefined],
    [undefined, 0],
  ])
})
