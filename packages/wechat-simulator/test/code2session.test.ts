import { describe, expect, it } from 'vitest'
import { APP, code2Session, useSimulator } from './support.ts'

const start = useSimulator()
const OTHER_APP = { appid: 'wx2222222222222222', secret: 'b'.repeat(32) }
const MINUTE = 60_000

const startWith = async (options = {}) => {
  const simulator = await start(options)
  await simulator.control.createPerson({ name: 'alice' })
  const { code } = await simulator.control.login({ appid: APP.appid, person: 'alice' })

  return { simulator, code }
}

describe('GET /sns/jscode2session', () => {
  it('answers session_key and openid, without errcode, as text/plain', async () => {
    const { simulator, code } = await startWith()
    const { status, contentType, body } = await code2Session(simulator, { js_code: code })

    expect(status).toBe(200)
    expect(contentType).toBe('text/plain')
    expect(Object.keys(body)).toEqual(['session_key', 'openid'])
    expect(body.openid).toMatch(/^o[\w-]{27}$/)
    expect(body.session_key).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  })

  it('answers errors with HTTP 200, as text/plain, with a request id', async () => {
    const { simulator } = await startWith()
    const { status, contentType, body } = await code2Session(simulator, { js_code: 'unknown' })

    expect(status).toBe(200)
    expect(contentType).toBe('text/plain')
    expect(body.errmsg).toMatch(/^invalid code, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  it.each([
    [41002, { appid: undefined }],
    [41004, { secret: undefined }],
    [41008, { js_code: undefined }],
    [40002, { grant_type: undefined }],
    [40002, { grant_type: 'client_credential' }],
    [40013, { appid: 'wx0000000000000000' }],
    [40125, { secret: 'wrong' }],
    [40029, { js_code: 'unknown' }],
  ])('answers %i for %o and does not consume the code', async (errcode, change) => {
    const { simulator, code } = await startWith()
    const { body } = await code2Session(simulator, { js_code: code, ...change })

    expect(body.errcode).toBe(errcode)
    expect(body).not.toHaveProperty('openid')
    expect((await code2Session(simulator, { js_code: code })).body).toHaveProperty('openid')
  })

  it('answers 43001 for POST and 40066 for a path that WeChat does not have', async () => {
    const { url } = await start()
    const ask = async (path: string, init?: RequestInit) =>
      (await fetch(`${url}${path}`, init)).json()

    expect(await ask('/sns/jscode2session', { method: 'POST', body: 'x' })).toMatchObject({
      errcode: 43001,
    })
    expect(await ask('/sns/nothing')).toMatchObject({ errcode: 40066 })
  })
})

describe('a login code', () => {
  it('is good for exactly one of many simultaneous requests', async () => {
    const { simulator, code } = await startWith()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => code2Session(simulator, { js_code: code })),
    )
    const errcodes = answers.map(({ body }) => body.errcode ?? 0)

    expect(errcodes.filter((errcode) => errcode === 0)).toHaveLength(1)
    expect(errcodes.filter((errcode) => errcode === 40163)).toHaveLength(19)
  })

  it('lives for five minutes', async () => {
    const { simulator, code } = await startWith()
    const { code: later } = await simulator.control.login({ appid: APP.appid, person: 'alice' })
    await simulator.control.advanceClock(5 * MINUTE - 5000)
    expect((await code2Session(simulator, { js_code: code })).body).toHaveProperty('openid')

    await simulator.control.advanceClock(5000)
    expect((await code2Session(simulator, { js_code: later })).body.errcode).toBe(40029)
  })

  it('belongs to one app', async () => {
    const { simulator, code } = await startWith({ apps: [APP, OTHER_APP] })
    const { body } = await code2Session(simulator, { js_code: code, ...OTHER_APP })

    expect(body.errcode).toBe(40029)
  })

  it('of a high-risk person is blocked with 40226', async () => {
    const { simulator, code } = await startWith()
    await simulator.control.createPerson({ name: 'alice', highRisk: true })
    expect((await code2Session(simulator, { js_code: code })).body.errcode).toBe(40226)

    await simulator.control.createPerson({ name: 'alice', highRisk: false })
    expect((await code2Session(simulator, { js_code: code })).body).toHaveProperty('openid')
  })

  it('is answered by the settings where WeChat publishes nothing', async () => {
    const errcodes = { expiredCode: 40163, codeOfOtherApp: 40013 }
    const { simulator, code } = await startWith({
      apps: [APP, OTHER_APP],
      settings: { errcodes, codeTtlMs: 1000 },
    })
    const asOther = await code2Session(simulator, { js_code: code, ...OTHER_APP })
    expect(asOther.body.errcode).toBe(40013)

    await simulator.control.advanceClock(1000)
    expect((await code2Session(simulator, { js_code: code })).body.errcode).toBe(40163)
  })
})

describe('who a person is', () => {
  const identify = async (apps: (typeof APP & { openPlatform?: string })[], name = 'alice') => {
    const simulator = await start({ apps, acceptNamedCodes: true })
    const answers = []
    for (const { appid, secret } of apps) {
      answers.push((await code2Session(simulator, { appid, secret, js_code: `e2e-${name}` })).body)
    }

    return answers
  }

  it('is the same in every run, and differs by app and person', async () => {
    const [first, other] = await identify([APP, OTHER_APP])
    const [again] = await identify([APP])
    const [bob] = await identify([APP], 'bob')

    expect(again?.openid).toBe(first?.openid)
    expect(new Set([first?.openid, other?.openid, bob?.openid]).size).toBe(3)
    expect(first).not.toHaveProperty('unionid')
  })

  it('is one unionid for all apps of an Open Platform account', async () => {
    const [first, second, third] = await identify([
      { ...APP, openPlatform: 'acme' },
      { ...OTHER_APP, openPlatform: 'acme' },
      { appid: 'wx3333333333333333', secret: 'c', openPlatform: 'other' },
    ])

    expect(first?.unionid).toMatch(/^o[\w-]{27}$/)
    expect(second?.unionid).toBe(first?.unionid)
    expect(third?.unionid).not.toBe(first?.unionid)
  })

  it('is the openid that was given, when one was', async () => {
    const { control, url } = await start()
    await control.createPerson({ name: 'alice', appid: APP.appid, openid: 'oGiven' })
    const { code } = await control.login({ appid: APP.appid, person: 'alice' })

    expect((await code2Session({ url }, { js_code: code })).body.openid).toBe('oGiven')
  })
})

describe('codes that need no phone', () => {
  it.each(['the code is a mock one', 'e2e-alice'])('%s is unknown by default', async (code) => {
    const simulator = await start()

    expect((await code2Session(simulator, { js_code: code })).body.errcode).toBe(40029)
    expect(await simulator.control.people()).toEqual([])
  })

  it('sign in as the person devtools, again and again', async () => {
    const simulator = await start({ acceptMockCodes: true })
    const first = await code2Session(simulator, { js_code: 'the code is a mock one' })
    const second = await code2Session(simulator, { js_code: 'the code is a mock one' })

    expect(first.body).toHaveProperty('openid')
    expect(second.body).toEqual(first.body)
    expect(await simulator.control.people()).toMatchObject([{ name: 'devtools' }])
  })

  it('sign in as the person they name, who may exist already', async () => {
    const simulator = await start({ acceptNamedCodes: true })
    await simulator.control.createPerson({ name: '小明 😀', appid: APP.appid, openid: 'oMing' })

    expect((await code2Session(simulator, { js_code: 'e2e-小明 😀' })).body.openid).toBe('oMing')
    expect((await code2Session(simulator, { js_code: 'e2e-小明 😀~again' })).body.openid).toBe(
      'oMing',
    )
    expect((await code2Session(simulator, { js_code: 'e2e-' })).body.errcode).toBe(40029)
  })
})
