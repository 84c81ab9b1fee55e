import { inspect } from 'node:util'
import type { Simulator, SimulatorOptions } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { WeChatErrorReason } from '../src/index.ts'
import { APP_ID, APP_SECRET, answering, failureOf, SESSION, useServers } from './support.ts'

const PATH = '/sns/jscode2session'
const APP = { appid: APP_ID, secret: APP_SECRET }

const { createClient, startHttp } = useServers()
const simulators: Simulator[] = []
afterEach(async () => {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()))
})

const start = async (options: SimulatorOptions = { apps: [APP] }) => {
  const simulator = await startSimulator(options)
  simulators.push(simulator)
  const login = async () => {
    await simulator.control.createPerson({ name: 'mei' })
    return (await simulator.control.login({ appid: APP_ID, person: 'mei' })).code
  }

  return { ...simulator, login, client: createClient({ baseUrl: simulator.url }) }
}

describe('code2Session against the simulator', () => {
  it('turns a code of wx.login into openid and session_key, without unionid where there is none', async () => {
    const { login, client } = await start()

    expect(await client.code2Session(await login())).toEqual({
      openid: expect.stringMatching(/^[\w-]{28}$/),
      sessionKey: expect.stringMatching(/^[\w+/]{22}==$/),
      unionid: null,
    })
  })

  it('returns the unionid of an app in an open-platform account', async () => {
    const { login, client } = await start({ apps: [{ ...APP, openPlatform: 'company' }] })

    const { unionid } = await client.code2Session(await login())
    expect(unionid).toMatch(/^[\w-]+$/)
  })

  it('a code works once', async () => {
    const { login, client } = await start()
    const code = await login()
    await client.code2Session(code)

    const error = await failureOf(client.code2Session(code), code)
    expect(error).toMatchObject({ reason: 'code_invalid', errcode: 40163, retryAfterSeconds: null })
  })

  it.each<[number, WeChatErrorReason, number | null]>([
    [-1, 'busy', 1],
    [40002, 'misconfigured', null],
    [40013, 'misconfigured', null],
    [40029, 'code_invalid', null],
    [40125, 'misconfigured', null],
    [40163, 'code_invalid', null],
    [40164, 'misconfigured', null],
    [40226, 'risk_blocked', null],
    [40243, 'misconfigured', null],
    [41002, 'misconfigured', null],
    [41004, 'misconfigured', null],
    [41008, 'misconfigured', null],
    [45011, 'rate_limited', 60],
    [45999, 'rejected', null],
  ])('errcode %i is %s, with WeChat’s rid', async (errcode, reason, retryAfterSeconds) => {
    const { login, client, control } = await start()
    await control.addFault({ path: PATH, errcode, times: 0 })

    const error = await failureOf(client.code2Session(await login()))
    expect(error).toMatchObject({ reason, errcode, retryAfterSeconds })
    expect(error.rid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/)
    const calls = await control.calls({ path: PATH })
    expect(calls).toHaveLength(errcode === -1 ? 2 : 1)
  })

  it('a used-up daily quota refills at midnight in Beijing', async () => {
    const { client, control } = await start()
    await control.addFault({ path: PATH, errcode: 45009 })

    const error = await failureOf(client.code2Session('code'))
    expect(error).toMatchObject({ reason: 'quota_exhausted', errcode: 45009 })
    expect(error.retryAfterSeconds).toBeGreaterThan(0)
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(86_400)
  })

  it.each(['the wrong secret', 'the wrong appid'])('%s is a misconfiguration', async (what) => {
    const simulator = await start()
    const code = await simulator.login()
    const wrong = what.endsWith('secret') ? { appSecret: 'e'.repeat(32) } : { appId: 'wx00' }
    const client = createClient({ baseUrl: simulator.url, ...wrong })

    expect(await failureOf(client.code2Session(code), code, 'e'.repeat(32))).toMatchObject({
      reason: 'misconfigured',
    })
  })
})

describe('what is sent', () => {
  it('is one GET with the four documented parameters, each encoded as one value', async () => {
    const server = await startHttp(answering(SESSION))
    const client = createClient({ baseUrl: `${server.url}/gateway/` })
    const code = 'a&secret=b#c%20+ d/张'
    await client.code2Session(code)

    const url = new URL(server.requests[0]?.url ?? '', server.url)
    expect(url.pathname).toBe(`/gateway${PATH}`)
    expect([...url.searchParams]).toEqual([
      ['appid', APP_ID],
      ['secret', APP_SECRET],
      ['js_code', code],
      ['grant_type', 'authorization_code'],
    ])
  })

  it.each([
    ['an empty code', ''],
    ['a very long code', 'c'.repeat(513)],
    ['half a character', '\ud800'],
    ['no text', 7 as unknown as string],
  ])('is nothing for %s', async (_what, code) => {
    const server = await startHttp(answering(SESSION))
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.code2Session(code))).toMatchObject({ reason: 'code_invalid' })
    expect(server.requests).toHaveLength(0)
  })

  it('an errmsg that quotes what was sent reaches neither message nor stack', async () => {
    const errmsg = `invalid code CODE-1 for ${APP_SECRET} rid: 00000000-11111111-22222222`
    const server = await startHttp(answering({ errcode: 40029, errmsg }))
    const client = createClient({ baseUrl: server.url })

    const error = await failureOf(client.code2Session('CODE-1'), 'CODE-1')
    expect(error.rid).toBe('00000000-11111111-22222222')
  })

  it('inspecting the client shows no secret', () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:9' })
    expect(inspect(client, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(
      APP_SECRET,
    )
  })

  it('the IP address to white-list is named', async () => {
    const errmsg = 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: x'
    const server = await startHttp(answering({ errcode: 40164, errmsg }))

    const error = await failureOf(createClient({ baseUrl: server.url }).code2Session('code'))
    expect(error.message).toContain('203.0.113.9')
    expect(error.rid).toBeNull()
  })
})

describe('the cost of a call that succeeds', () => {
  it('includes no AbortController, AbortSignal or DOMException', async () => {
    const server = await startHttp(answering(SESSION))
    const client = createClient({ baseUrl: server.url })
    const made: string[] = []
    const CountedController = class extends AbortController {
      constructor() {
        super()
        made.push('AbortController')
      }
    }
    const CountedException = class extends DOMException {
      constructor(...parts: ConstructorParameters<typeof DOMException>) {
        super(...parts)
        made.push('DOMException')
      }
    }
    vi.stubGlobal('AbortController', CountedController)
    vi.stubGlobal('DOMException', CountedException)
    for (const name of ['abort', 'any', 'timeout'] as const) {
      vi.spyOn(AbortSignal, name).mockImplementation(() => {
        throw new Error(`AbortSignal.${name} was called`)
      })
    }

    for (let call = 0; call < 5; call += 1) await client.code2Session('code')
    expect(server.requests).toHaveLength(5)
    expect(made).toEqual([])
  })
})
