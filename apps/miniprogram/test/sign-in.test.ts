import { afterEach, expect, it, vi } from 'vitest'
import { failed, PERSON, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const LOGIN = '/wx/auth/login_by_weixin'

afterEach(() => {
  vi.useRealTimers()
})

it('sends the code, the typed name and the device, and stores the session', async () => {
  const api = await startApi()
  const { loginByWeixin, readSession, wechat } = await start({ base: api.base })

  const answer = await loginByWeixin({ nickName: '小明' })

  expect(answer).toMatchObject({ errno: 0, data: { token: 'token-1', userInfo: PERSON } })
  expect(api.calls).toEqual([
    {
      method: 'POST',
      path: LOGIN,
      token: undefined,
      body: {
        code: 'code-1',
        userInfo: { nickName: '小明' },
        deviceId: '07'.repeat(16),
        deviceName: 'iPhone 15 Pro',
      },
    },
  ])
  expect(readSession()).toMatchObject({ token: 'token-1', userInfo: PERSON })
  expect([...wechat.state.storage.keys()].sort()).toEqual(
    ['deviceId', 'token', 'tokenBase', 'tokenExpire', 'userInfo'].sort(),
  )
})

it('sends one request on a double tap', async () => {
  const api = await startApi()
  const { loginByWeixin, wechat } = await start({ base: api.base })

  const [first, second] = await Promise.all([loginByWeixin(), loginByWeixin()])

  expect(second).toBe(first)
  expect(api.calls).toHaveLength(1)
  expect(wechat.state.logins).toBe(1)
})

it('asks WeChat for one more code when the first is refused, and for no third', async () => {
  const api = await startApi()
  const { loginByWeixin, wechat } = await start({ base: api.base })
  api.script(({ body }) =>
    (body as { code: string }).code === 'code-1' ? failed(401, 701) : undefined,
  )
  await expect(loginByWeixin()).resolves.toMatchObject({ errno: 0 })
  expect(wechat.state.logins).toBe(2)

  api.script(() => failed(401, 701))
  await expect(loginByWeixin()).rejects.toMatchObject({ errno: 701 })
  expect(wechat.state.logins).toBe(4)
})

it('rejects when wx.login fails and when it never calls back', async () => {
  const api = await startApi()
  const { loginByWeixin, wechat } = await start({ base: api.base })
  wechat.state.login = 'fail'
  await expect(loginByWeixin()).rejects.toMatchObject({ errno: -1 })

  wechat.state.login = 'silent'
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const outcome = expect(loginByWeixin()).rejects.toMatchObject({ errno: -1 })
  await until(() => wechat.state.logins === 2)
  await vi.advanceTimersByTimeAsync(6000)
  await outcome
  expect(api.calls).toEqual([])
})

it('creates the device id once, also without wx.getRandomValues, and keeps it after log-out', async () => {
  const api = await startApi()
  const { loginByWeixin, logout, wechat } = await start({ base: api.base })
  wechat.state.hasRandom = false

  await loginByWeixin()
  await logout()
  await loginByWeixin()

  const [first, second] = api.to(LOGIN).map(({ body }) => (body as { deviceId: string }).deviceId)
  expect(first).toMatch(/^[A-Za-z0-9_-]{8,64}$/)
  expect(second).toBe(first)
})

it.each([
  ['', undefined],
  ['<only a part number>', undefined],
  ['Mi 9\u0000\u202e\u200b', 'Mi 9'],
  ['😀'.repeat(70), '😀'.repeat(64)],
])('sends only what the API accepts of a device name %j', async (model, deviceName) => {
  const api = await startApi()
  const { loginByWeixin, wechat } = await start({ base: api.base })
  wechat.state.model = model

  await loginByWeixin()
  const [body] = api.calls.map((call) => call.body as { deviceName?: string })
  expect(body?.deviceName).toBe(deviceName)
})

it('signs in with a full storage: the session is kept until the mini-program is closed', async () => {
  const api = await startApi()
  const { loginByWeixin, request, readSession, logout, wechat } = await start({ base: api.base })
  wechat.state.isStorageFull = true

  await loginByWeixin()
  await expect(request('/wx/user/index', 'GET')).resolves.toMatchObject({ errno: 0 })
  expect(wechat.state.storage.size).toBe(0)

  await logout()
  expect(readSession()).toBeUndefined()
})

it('does not restore an older session when the new one could not be stored', async () => {
  const api = await startApi()
  const { loginByWeixin, wechat } = await start({ base: api.base, prepare: signedIn(api.base) })
  wechat.state.isStorageFull = true

  await loginByWeixin()
  expect(wechat.state.storage.has('token')).toBe(false)
})

it('works without any storage', async () => {
  const api = await startApi()
  const { loginByWeixin, request, logout, readSession, wechat } = await start({ base: api.base })
  wechat.state.isStorageBroken = true

  await loginByWeixin()
  await expect(request('/wx/user/index', 'GET')).resolves.toMatchObject({ errno: 0 })
  await logout()
  expect(readSession()).toBeUndefined()
})

it.each([
  ['token', { not: 'text' }],
  ['token', 42],
  ['tokenBase', null],
])('reads %s = %j in the storage as no session', async (key, value) => {
  const api = await startApi()
  const { readSession } = await start({
    base: api.base,
    prepare: (wechat) => {
      signedIn(api.base)(wechat)
      wechat.wx.setStorageSync(key, value)
    },
  })

  expect(readSession()).toBeUndefined()
})

it.each([['text'], [null], [{ nickName: 1, avatarUrl: '' }], [[]]])(
  'reads no profile when the storage holds %j, and stays signed in',
  async (userInfo) => {
    const api = await startApi()
    const { readSession } = await start({
      base: api.base,
      prepare: (wechat) => {
        signedIn(api.base)(wechat)
        wechat.wx.setStorageSync('userInfo', userInfo)
      },
    })

    expect(readSession()).toMatchObject({ token: 'token-0', userInfo: undefined })
  },
)
