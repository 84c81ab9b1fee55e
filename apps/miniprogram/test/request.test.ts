import { afterEach, expect, it, vi } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { signedIn, start } from './support/start'

const PATH = '/wx/user/index'

afterEach(() => {
  vi.useRealTimers()
})

it('sends no token header for a guest', async () => {
  const api = await startApi()
  const { request } = await start({ base: api.base })

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 501 })
  expect(api.calls).toEqual([{ method: 'GET', path: PATH, token: undefined, body: undefined }])
})

it('sends the token, and resolves with the whole envelope', async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const { request } = await start({ base: api.base, prepare: signedIn(api.base) })

  await expect(request(PATH, 'GET')).resolves.toMatchObject({ errno: 0, data: { deviceCount: 2 } })
  expect(api.calls[0]?.token).toBe('token-0')
})

it('puts parameters into the path, escaped', async () => {
  const api = await startApi()
  const { endSession } = await start({ base: api.base, prepare: signedIn(api.base) })
  api.script(() => ok({}))

  await endSession('../a b?c')
  expect(api.calls[0]).toMatchObject({ method: 'DELETE', path: '/wx/auth/sessions/..%2Fa%20b%3Fc' })
})

it.each(['https://evil.example/wx', '//evil.example/wx', '/\\evil.example', 'wx/user/index', ''])(
  'never leaves our own origin with a path such as %j',
  async (path) => {
    const api = await startApi()
    const { request, wechat } = await start({ base: api.base, prepare: signedIn(api.base) })

    await expect(request(path as typeof PATH, 'GET')).rejects.toMatchObject({ errno: -1 })
    expect(wechat.state.requests).toBe(0)
  },
)

it('does not follow a redirect with the token', async () => {
  const [api, other] = [await startApi(), await startApi()]
  const { request } = await start({ base: api.base, prepare: signedIn(api.base) })
  api.script(() => ({ status: 302, headers: { location: `${other.base}${PATH}` }, body: '' }))
  const requested = vi.spyOn(wx, 'request')

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })
  expect(other.calls).toEqual([])
  expect(requested).toHaveBeenCalledWith(expect.objectContaining({ redirect: 'manual' }))
})

it.each([
  ['wx1b2c3d4e5f607182', 'wx1b2c3d4e5f607182'],
  ['touristappid', undefined],
  ['', undefined],
])('names its own mini-program to the server: %j', async (appId, named) => {
  const api = await startApi()
  const { request, wechat } = await start({ base: api.base, prepare: signedIn(api.base) })
  wechat.state.appId = appId

  await request(PATH, 'GET')
  expect([...api.appIds]).toEqual([named])
})

it.each(['X-OA-Token', 'x-oa-token', 'X-Oa-Token'])(
  'stores a prolonged token from the response header %s',
  async (name) => {
    const api = await startApi()
    const { request, readSession } = await start({ base: api.base, prepare: signedIn(api.base) })
    api.script(() => ({ ...ok({}), headers: { [name]: 'fresh' } }))

    await request(PATH, 'GET')
    await request(PATH, 'GET')
    expect(api.calls.map((call) => call.token)).toEqual(['token-0', 'fresh'])
    expect(readSession()?.tokenExpire).toBeUndefined()
  },
)

it('stores no prolonged token after the user logged out meanwhile', async () => {
  const api = await startApi()
  const { request, forgetSession, wechat } = await start({
    base: api.base,
    prepare: signedIn(api.base),
  })
  api.script(() => {
    forgetSession()
    return { ...ok({}), headers: { 'X-OA-Token': 'fresh' } }
  })

  await request(PATH, 'GET')
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('stores no prolonged token of a session that was replaced meanwhile', async () => {
  const api = await startApi()
  const { request, loginByWeixin, readSession } = await start({
    base: api.base,
    prepare: signedIn(api.base),
  })
  api.script(async ({ path }) => {
    if (path !== PATH) return undefined
    await loginByWeixin()
    return { ...ok({}), headers: { 'X-OA-Token': 'fresh' } }
  })

  await request(PATH, 'GET')
  expect(readSession()?.token).toBe('token-1')
})

it.each([
  ['the page of a captive portal', { body: '<html>Please log in</html>' }],
  ['the page of a proxy', { status: 502, body: '<html>Bad gateway</html>' }],
  ['JSON that is not ours', { body: { hello: 'world' } }],
  ['success without data', { body: { errno: 0, errmsg: 'ok' } }],
  ['an errno that is text', { body: { errno: '0', errmsg: 'ok', data: {} } }],
  ['null', { body: null }],
  ['an array', { body: [] }],
] as const)('rejects with errno -1 for %s', async (_, reply) => {
  const api = await startApi()
  const { request } = await start({ base: api.base })
  api.script(() => reply)

  const failure = await request(PATH, 'GET').catch((cause: unknown) => cause)
  expect(failure).toEqual({ errno: -1, errmsg: expect.stringMatching(/\S/) })
})

it('rejects with errno -1 when the connection breaks and when no server listens', async () => {
  const api = await startApi()
  api.script(() => 'cut')
  const broken = await start({ base: api.base })
  await expect(broken.request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })

  const nobody = await start({ base: 'http://127.0.0.1:1' })
  await expect(nobody.request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })
})

it('gives up after eight seconds even when WeChat never calls back', async () => {
  const api = await startApi()
  const { request } = await start({ base: api.base })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const abort = vi.fn()
  vi.spyOn(wx, 'request').mockReturnValue({ abort } as unknown as WechatMiniprogram.RequestTask)

  const outcome = expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })
  await vi.advanceTimersByTimeAsync(8000)
  await outcome
  expect(abort).toHaveBeenCalledOnce()
})

it('asks WeChat for a time-out of six seconds', async () => {
  const api = await startApi()
  const { request } = await start({ base: api.base })
  const requested = vi.spyOn(wx, 'request')

  await request(PATH, 'GET').catch(() => undefined)
  expect(requested).toHaveBeenCalledWith(expect.objectContaining({ timeout: 6000 }))
})

it('rejects with the request id, in whatever case the header comes', async () => {
  const api = await startApi()
  const { request } = await start({ base: api.base })
  api.script(() => failed(500, 502, { 'X-REQUEST-ID': 'id-1' }))

  await expect(request(PATH, 'GET')).rejects.toEqual({
    errno: 502,
    errmsg: 'errno 502',
    requestId: 'id-1',
  })
})
