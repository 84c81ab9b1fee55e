import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PushMode } from './support/push.ts'
import { AES_KEY, OLD_AES_KEY, PUSH_TOKEN, pushTo, signedQuery } from './support/push.ts'
import { rawPost, rawRequest, statusOf } from './support/raw-request.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

const { appid } = TEST_APP

describe('a push request', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: { WX_PUSH_TOKEN: PUSH_TOKEN } })
  })
  afterAll(() => api.close())

  const XML =
    '<xml><ToUserName>gh_1</ToUserName><FromUserName>oPlatform</FromUserName>' +
    '<CreateTime>1</CreateTime><MsgType>event</MsgType><Event>none</Event></xml>'
  const post = async (query: string, body: string, type = 'text/xml') =>
    statusOf(
      await rawRequest(api.url, rawPost(`/wx/push${query}`, body, [`Content-Type: ${type}`])),
    )

  it('is refused without a valid signature from the last minutes', async () => {
    const now = Math.floor(Date.now() / 1_000)
    expect(await post(signedQuery(), XML)).toBe(200)
    expect(await post('', XML)).toBe(401)
    expect(await post(signedQuery().replace(/signature=..../, 'signature=0000'), XML)).toBe(401)
    expect(await post(signedQuery(now - 600), XML)).toBe(401)
    expect(await post(signedQuery(now + 600), XML)).toBe(401)
    const check = await api.app.inject(`/wx/push${signedQuery()}0&echostr=x`)
    expect([check.statusCode, check.body]).toEqual([401, 'invalid signature'])
  })

  it('is refused when its signature was used for another message', async () => {
    const query = signedQuery(undefined, 'used-once')
    expect(await post(query, XML)).toBe(200)
    expect(await post(query, XML)).toBe(200)
    expect(await post(query, XML.replace('none', 'forged'))).toBe(401)
  })

  it.each([
    ['empty', ''],
    ['truncated', XML.slice(0, 80)],
    ['XML with an external entity', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${XML}`],
    ['JSON but no message', '[]'],
    ['control characters', '\u0000\u0001'],
  ])('is refused when it is %s', async (_what, body) => {
    expect(await post(signedQuery(undefined, `n${body.length}`), body)).toBe(401)
  })

  it('is refused when its body or nonce is too long', async () => {
    expect(await post(signedQuery(undefined, 'large'), ' '.repeat(70_000))).toBe(413)
    expect(await post(`${signedQuery(undefined, 'n'.repeat(100))}`, XML)).toBe(400)
  })
})

describe('message push', () => {
  let api: TestApi
  afterEach(() => api.close())
  const start = async (env: NodeJS.ProcessEnv, target: PushMode) => {
    api = await startTestApi({ env: { WX_PUSH_TOKEN: PUSH_TOKEN, ...env } })
    await pushTo(api, target)
    const { token } = await api.signIn('pushed')
    const [delivery] = await api.simulator.control.userEvent({
      appid,
      person: 'pushed',
      event: 'user_authorization_cancellation',
    })
    return { delivery, closed: (await api.info(token)).errno === 704 }
  }
  const KEYS = { WX_PUSH_AES_KEY: AES_KEY, WX_PUSH_AES_KEY_PREVIOUS: OLD_AES_KEY }

  it.each<[PushMode, NodeJS.ProcessEnv]>([
    [{ mode: 'plain', format: 'json' }, {}],
    [{ mode: 'compat', format: 'xml', encodingAESKey: AES_KEY }, KEYS],
    [{ mode: 'safe', format: 'json', encodingAESKey: AES_KEY }, KEYS],
    [{ mode: 'safe', format: 'xml', encodingAESKey: OLD_AES_KEY }, KEYS],
  ])('handles an event that arrives as %j', async (target, env) => {
    expect(await start(env, target)).toMatchObject({
      delivery: { acknowledged: true },
      closed: true,
    })
  })

  it.each<[string, PushMode]>([
    ['not encrypted', { mode: 'plain' }],
    ['encrypted with another key', { mode: 'safe', encodingAESKey: 'x'.repeat(43) }],
    ['signed with another token', { mode: 'safe', encodingAESKey: AES_KEY, token: 'another' }],
  ])('with an AES key refuses an event that is %s', async (_what, target) => {
    const { delivery, closed } = await start(KEYS, target)

    expect(delivery?.attempts.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(closed).toBe(false)
  })

  it('is off by default: without a token /wx/push does not exist', async () => {
    api = await startTestApi()
    for (const method of ['GET', 'POST']) {
      expect(await api.call('/wx/push', { method })).toMatchObject({ status: 404, errno: 503 })
    }
  })
})
