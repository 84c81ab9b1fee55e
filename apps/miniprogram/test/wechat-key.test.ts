import { afterEach, expect, it, vi } from 'vitest'
import { failed, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'
import type { Wechat } from './support/wechat'

const LOGIN = '/wx/auth/login_by_weixin'
const INFO = '/wx/auth/info'

afterEach(() => {
  vi.useRealTimers()
})

const launchSignedIn = async (key: 'alive' | 'dead' | 'silent') => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const running = await start({
    base: api.base,
    prepare: (wechat) => {
      signedIn(api.base)(wechat)
      wechat.state.key = key
    },
  })
  await running.launch()
  await until(() => api.to(INFO).length > 0)

  return { api, ...running }
}
/** Long enough for a sign-in that must not come. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 50))

it('renews a dead key of WeChat at start by one silent sign-in', async () => {
  const { api, readSession, wechat } = await launchSignedIn('dead')

  await until(() => readSession()?.token === 'token-1')
  expect(api.to(LOGIN)).toHaveLength(1)
  expect(wechat.state.moves).toEqual([])
  expect(wechat.state.toasts).toEqual([])
})

it('leaves a living key alone', async () => {
  const { api, readSession } = await launchSignedIn('alive')
  await settle()

  expect(api.to(LOGIN)).toEqual([])
  expect(readSession()?.token).toBe('token-0')
})

it('takes no answer of WeChat for no sign of a dead key', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { api } = await launchSignedIn('silent')
  await vi.advanceTimersByTimeAsync(3001)
  vi.useRealTimers()
  await settle()

  expect(api.to(LOGIN)).toEqual([])
})

it('keeps the session when the renewal fails', async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  api.script(({ path }) => (path === LOGIN ? failed(503, 702) : undefined))
  const { launch, readSession, wechat } = await start({
    base: api.base,
    prepare: (prepared) => {
      signedIn(api.base)(prepared)
      prepared.state.key = 'dead'
    },
  })
  await launch()
  await until(() => api.to(LOGIN).length === 1)
  await settle()

  expect(readSession()?.token).toBe('token-0')
  expect(wechat.state.toasts).toEqual([])
})

it('signs in no guest, and nobody whose account may be closed', async () => {
  const api = await startApi()
  const guest = () => {}
  const closing = (wechat: Wechat) => {
    signedIn(api.base)(wechat)
    wechat.wx.setStorageSync('closing', 'asked')
  }
  for (const prepare of [guest, closing]) {
    api.validTokens.add('token-0')
    const { launch } = await start({
      base: api.base,
      prepare: (wechat) => {
        wechat.state.key = 'dead'
        prepare(wechat)
      },
    })
    await launch()
    await settle()
  }

  expect(api.to(LOGIN)).toEqual([])
})

it('renews nothing of a session that was ended on purpose', async () => {
  const api = await startApi()
  api.script(({ path }) => (path === INFO ? failed(401, 714) : undefined))
  const { launch, readSession } = await start({
    base: api.base,
    prepare: (wechat) => {
      signedIn(api.base)(wechat)
      wechat.state.key = 'dead'
    },
  })
  await launch()
  await until(() => readSession() === undefined)
  await settle()

  expect(api.to(LOGIN)).toEqual([])
})
