import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Simulator } from '../src/index.ts'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()

const pathsOf = async ({ url }: Simulator) =>
  ((await (await fetch(`${url}/_control/state`)).json()) as { paths: string[] }).paths

const FIELDS = [
  'openid',
  'touser',
  'template_id',
  'data',
  'page',
  'path',
  'scene',
  'width',
  'content',
  'media_url',
  'media_type',
  'msgtype',
  'text',
  'code',
  'jump_wxa',
  'query',
  'expire_type',
  'expire_time',
  'appid',
  'client_ip',
  'version',
]

/** Half of the bodies name an existing person, and so pass more checks. */
const anyBody = fc
  .tuple(fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue()), fc.boolean())
  .map(([body, isKnown]) => (isKnown ? { scene: 1, ...body, ...KNOWN } : body))

const KNOWN = { appid: APP.appid, openid: 'oAlice', touser: 'oAlice', template_id: 'T1' }

describe('whatever is sent', () => {
  it('is answered with HTTP 200 and an errcode, an image or a result', async () => {
    const simulator = await start()
    const { appid } = APP
    await simulator.control.createPerson({ name: 'alice', appid, openid: 'oAlice' })
    await simulator.control.login({ appid, person: 'alice' })
    await simulator.control.userMessage({ appid, person: 'alice', content: 'hello' })
    await simulator.control.addTemplate({ appid, templateId: 'T1', fields: ['thing1'] })
    const paths = await pathsOf(simulator)
    const { raw } = await createApi(simulator)
    const anyCall = fc.tuple(fc.constantFrom(...paths), anyBody)

    await fc.assert(
      fc.asyncProperty(anyCall, async ([path, body]) => {
        const response = await raw(path, { method: 'POST', body: JSON.stringify(body) })
        expect(response.status).toBe(200)
        await response.arrayBuffer()
      }),
      { numRuns: 300 },
    )
  })

  it.each(['', '{', 'null', '[]', '"text"', '\0', '{"__proto__":{"a":1}}', '😀'])(
    'as the body %j is answered with HTTP 200 everywhere',
    async (body) => {
      const simulator = await start()
      const { raw } = await createApi(simulator)
      for (const path of await pathsOf(simulator)) {
        for (const type of ['nonsense', 'a/b;', 'multipart/form-data', ';', 'a/b; c']) {
          const headers = { 'content-type': type }
          expect((await raw(path, { method: 'POST', body, headers })).status).toBe(200)
        }
      }
    },
  )

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'by %s is answered with an errcode',
    async (method) => {
      const simulator = await start()
      for (const path of [...(await pathsOf(simulator)), '/', '/_controls', '/a/b?c=%zz']) {
        const response = await fetch(`${simulator.url}${path}`, { method })
        expect(await response.json()).toMatchObject({ errcode: expect.any(Number) })
      }
    },
  )
})

describe('every endpoint', () => {
  it('takes faults and forgets them', async () => {
    const simulator = await start()
    const { raw } = await createApi(simulator)
    for (const path of await pathsOf(simulator)) {
      await simulator.control.addFault({ path, errcode: -1 })
      await simulator.control.addFault({ path, status: 503 })
      expect(await (await raw(path)).json()).toMatchObject({ errcode: -1 })
      expect((await raw(path)).status).toBe(503)
      expect((await raw(path)).status).toBe(200)
    }
  })

  it('has quotas of its own for the minute and the day', async () => {
    const simulator = await start()
    const { raw } = await createApi(simulator)
    const code = async (path: string, method: string, query = {}) =>
      (
        (await (
          await raw(path, { method, ...(method === 'POST' ? { body: '{}' } : {}) }, query)
        ).json()) as { errcode?: number }
      ).errcode
    const behindToken = (await pathsOf(simulator)).filter(
      (path) => !/jscode2session|token$/.test(path),
    )
    for (const path of behindToken) {
      const method = (await code(path, 'GET')) === 43002 ? 'POST' : 'GET'
      await simulator.control.changeSettings({ quotas: { [path]: { perDay: 1 } } })
      await code(path, method)
      expect([path, await code(path, method)]).toEqual([path, 45009])
    }
  })
})

it('accepts no more people than its setting says', async () => {
  const simulator = await start({ acceptNamedCodes: true, settings: { maxPeople: 1 } })
  const query = { ...APP, grant_type: 'authorization_code' }
  const ask = async (name: string) =>
    (
      await fetch(
        `${simulator.url}/sns/jscode2session?${new URLSearchParams({ ...query, js_code: `e2e-${name}` })}`,
      )
    ).json()

  expect(await ask('alice')).toHaveProperty('openid')
  expect(await ask('bob')).toMatchObject({ errcode: -1 })
  expect(await ask('alice')).toHaveProperty('openid')
})
