import { expect, it, vi } from 'vitest'
import { startApi } from './support/api'
import { signedIn, start } from './support/start'

const baseOf = async () => (await import('../miniprogram/config/env')).apiBase()

it('removes a token of another environment and never sends it', async () => {
  const [trial, release] = [await startApi(), await startApi()]
  const { request, wechat } = await start({ base: release.base, prepare: signedIn(trial.base) })

  await expect(request('/wx/user/index', 'GET')).rejects.toMatchObject({ errno: 501 })
  expect(release.calls.map(({ token }) => token)).toEqual([undefined])
  expect([...wechat.state.storage.keys()]).toEqual([])
  expect(wechat.state.logins).toBe(0)
})

it('tells builds apart even when they share an API', async () => {
  const api = await startApi()
  const { readSession } = await start({
    base: api.base,
    prepare: (wechat) => {
      wechat.state.env = 'trial'
      signedIn(api.base)(wechat)
    },
  })

  expect(readSession()).toBeUndefined()
})

it('uses another base from the app, or else from the storage, in develop and trial builds', async () => {
  const { app } = await start({
    base: 'http://127.0.0.1:4000',
    prepare: ({ wx }) => wx.setStorageSync('apiBase', 'http://127.0.0.1:5000'),
  })
  expect(await baseOf()).toBe('http://127.0.0.1:4000')

  app.globalData.apiBase = undefined
  expect(await baseOf()).toBe('http://127.0.0.1:5000')
})

it.each(['release', undefined, ''])('refuses another base when the build is %j', async (env) => {
  await start({
    base: 'http://127.0.0.1:4000',
    prepare: ({ wx, state }) => {
      state.env = env
      wx.setStorageSync('apiBase', 'http://127.0.0.1:5000')
    },
  })

  expect(await baseOf()).toMatch(/^https:\/\//)
})

it('assumes a release when WeChat does not tell the build', async () => {
  await start({ base: 'http://127.0.0.1:4000' })
  vi.spyOn(wx, 'getAccountInfoSync').mockImplementation(() => {
    throw new Error('not there')
  })

  expect(await baseOf()).toMatch(/^https:\/\//)
})

it.each(['javascript:alert(1)', 'http://a.example/path', 'https://user@a.example', 42, ''])(
  'ignores %j as a base',
  async (base) => {
    await start({ base: base as string })

    expect(await baseOf()).toBe('http://127.0.0.1:3000')
  },
)
