import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ControlError, createControl } from '../src/index.ts'
import { APP, code2Session, useSimulator } from './support.ts'

const start = useSimulator()

/** One control call with headers that fetch does not let a caller choose. */
const statusFor = (url: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${url}/_control/people`, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.once('error', reject).end()
  })

describe('the control API', () => {
  it('works from a client that is created by its URL', async () => {
    const { url } = await start()
    const control = createControl(url)
    await control.createApp({ appid: 'wx4', secret: 's', openPlatform: 'acme' })
    await control.createPerson({ name: 'alice' })

    expect(await control.apps()).toEqual([
      { appid: APP.appid },
      { appid: 'wx4', openPlatform: 'acme' },
    ])
    expect(await control.people()).toEqual([
      {
        name: 'alice',
        highRisk: false,
        phone: expect.stringMatching(/^199\d{8}$/),
        apps: {
          [APP.appid]: { openid: expect.stringMatching(/^o.{27}$/) },
          wx4: {
            openid: expect.stringMatching(/^o.{27}$/),
            unionid: expect.stringMatching(/^o.{27}$/),
          },
        },
      },
    ])
  })

  it('refuses a name that is not loopback (DNS rebinding)', async () => {
    const { url } = await start()
    const { port } = new URL(url)

    expect(await statusFor(url, { host: 'evil.example' })).toBe(403)
    expect(await statusFor(url, { host: `127.0.0.1.evil.example:${port}` })).toBe(403)
    expect(await statusFor(url, { host: `localhost:${port}` })).toBe(200)
    expect(await statusFor(url, { host: `[::1]:${port}` })).toBe(200)
  })

  it.each(['https://evil.example', 'null', 'http://localhost:1'])(
    'refuses a page from %s',
    async (origin) => {
      const { url } = await start()

      expect(await statusFor(url, { origin })).toBe(403)
      expect(await statusFor(url, { origin }, 'DELETE')).toBe(403)
      expect(await statusFor(url, { origin: url })).toBe(200)
    },
  )

  it('takes JSON only, so that no form of another page can drive it', async () => {
    const { url, control } = await start()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${url}/_control/people`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"name":"mallory"}',
      })
      expect(response.status).toBe(415)
    }
    expect(await control.people()).toEqual([])
  })

  it('says what is wrong with a call', async () => {
    const { control } = await start()
    const unknown = { name: 'alice', colour: 'red' }

    await expect(control.createPerson(unknown)).rejects.toThrow(
      'body must NOT have additional properties: colour',
    )
    await expect(control.login({ appid: 'wx0', person: 'alice' })).rejects.toThrow('No app wx0')
    await expect(control.login({ appid: APP.appid, person: 'bob' })).rejects.toEqual(
      new ControlError(404, 'No person bob'),
    )
    await expect(control.advanceClock(-1)).rejects.toBeInstanceOf(ControlError)
  })

  it('answers 404 for an unknown control call', async () => {
    const { url } = await start()

    expect((await fetch(`${url}/_control/nothing`)).status).toBe(404)
  })

  it('restores the state of the start', async () => {
    const simulator = await start({ settings: { codeTtlMs: 1000 } })
    const { control } = simulator
    await control.createApp({ appid: 'wx4', secret: 's' })
    await control.createPerson({ name: 'alice' })
    const { code } = await control.login({ appid: APP.appid, person: 'alice' })
    await control.addFault({ path: '/sns/jscode2session', errcode: -1 })
    await control.changeSettings({ codeTtlMs: 5 })
    await control.advanceClock(86_400_000)
    await control.reset()

    expect(await control.apps()).toEqual([{ appid: APP.appid }])
    expect(await control.people()).toEqual([])
    expect(await control.faults()).toEqual([])
    expect(await control.calls()).toEqual([])
    expect(await control.settings()).toMatchObject({ codeTtlMs: 1000 })
    expect(Math.abs((await control.now()) - Date.now())).toBeLessThan(60_000)
    expect((await code2Session(simulator, { js_code: code })).body.errcode).toBe(40029)
  })
})

describe('calls()', () => {
  it('lists every call in order, without secrets', async () => {
    const simulator = await start()
    const { control } = simulator
    await control.createPerson({ name: 'alice' })
    const { code } = await control.login({ appid: APP.appid, person: 'alice' })
    const { body } = await code2Session(simulator, { js_code: code })
    await code2Session(simulator, { js_code: 'unknown' })
    const calls = await control.calls()

    expect(calls).toMatchObject([
      { method: 'GET', path: '/sns/jscode2session', appid: APP.appid, person: 'alice', errcode: 0 },
      { errcode: 40029, query: { grant_type: 'authorization_code' } },
    ])
    for (const secret of [APP.secret, code, String(body.session_key)]) {
      expect(JSON.stringify(calls)).not.toContain(secret)
    }
  })

  it('filters by path and by time', async () => {
    const simulator = await start()
    await code2Session(simulator, { js_code: 'unknown' })
    await fetch(`${simulator.url}/nothing`)
    await simulator.control.advanceClock(10_000)
    const since = await simulator.control.now()
    await fetch(`${simulator.url}/later`)

    expect(await simulator.control.calls({ path: '/nothing' })).toHaveLength(1)
    expect(await simulator.control.calls({ since })).toMatchObject([{ path: '/later' }])
  })

  it('remembers no more calls than its setting says', async () => {
    const simulator = await start({ settings: { rememberedCalls: 3 } })
    for (let call = 0; call < 8; call += 1) await fetch(`${simulator.url}/${call}`)

    const paths = (await simulator.control.calls()).map(({ path }) => path)
    expect(paths).toEqual(['/5', '/6', '/7'])
  })
})
