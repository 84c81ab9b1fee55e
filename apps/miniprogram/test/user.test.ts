import { expect, it } from 'vitest'
import { failed, startApi } from './support/api'
import { signedIn, start } from './support/start'

const INFO = '/wx/auth/info'

it('finds no session without a token, and sends no request', async () => {
  const api = await startApi()
  const { checkLogin, wechat } = await start({ base: api.base })

  await expect(checkLogin()).resolves.toBe(false)
  expect(api.calls).toEqual([])
  expect(wechat.state.logins).toBe(0)
})

it('confirms the session with the server, and stores its profile', async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const { checkLogin, readSession } = await start({ base: api.base, prepare: signedIn(api.base) })

  await expect(checkLogin()).resolves.toBe(true)
  expect(readSession()?.userInfo?.nickName).toBe('小明😀')
})

it('renews an expired session at start without sending the old token', async () => {
  const api = await startApi()
  const { checkLogin } = await start({
    base: api.base,
    prepare: (wechat) => {
      signedIn(api.base, 'ended')(wechat)
      wechat.wx.setStorageSync('tokenExpire', '2020-01-01T00:00:00.000Z')
    },
  })

  await expect(checkLogin()).resolves.toBe(true)
  expect(api.to(INFO).map(({ token }) => token)).toEqual(['token-1'])
})

it('stays signed in while the server cannot be reached, and while WeChat is down', async () => {
  const api = await startApi()
  api.script(() => 'cut')
  const { checkLogin, wechat } = await start({ base: api.base, prepare: signedIn(api.base) })
  await expect(checkLogin()).resolves.toBe(true)

  api.script(({ path }) => (path === INFO ? failed(401, 501) : failed(503, 702)))
  await expect(checkLogin()).resolves.toBe(true)
  expect(wechat.state.storage.has('token')).toBe(true)
})

it('signs out when the account is disabled', async () => {
  const api = await startApi()
  api.script(() => failed(403, 704))
  const { checkLogin, wechat } = await start({ base: api.base, prepare: signedIn(api.base) })

  await expect(checkLogin()).resolves.toBe(false)
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('logs out on the server and removes everything on this device', async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const { logout, wechat } = await start({ base: api.base, prepare: signedIn(api.base) })

  await logout()
  expect(api.calls).toEqual([
    { method: 'POST', path: '/wx/auth/logout', token: 'token-0', body: undefined },
  ])
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('logs out on this device when the server cannot be reached, and rejects', async () => {
  const api = await startApi()
  api.script(() => 'cut')
  const { logout, readSession } = await start({ base: api.base, prepare: signedIn(api.base) })

  await expect(logout()).rejects.toMatchObject({ errno: -1 })
  expect(readSession()).toBeUndefined()
})

it('does not sign in again in order to log out', async () => {
  const api = await startApi()
  const { logout, wechat } = await start({ base: api.base, prepare: signedIn(api.base, 'ended') })

  await expect(logout()).resolves.toBeUndefined()
  expect(wechat.state.logins).toBe(0)
})

it('logs out everywhere, or nowhere', async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const { logoutAll, readSession } = await start({ base: api.base, prepare: signedIn(api.base) })
  api.script(() => failed(503, 707, { 'Retry-After': '9' }))
  await expect(logoutAll()).rejects.toMatchObject({ errno: 707, retryAfter: 9 })
  expect(readSession()?.token).toBe('token-0')

  api.script(() => undefined)
  await expect(logoutAll()).resolves.toBe(2)
  expect(readSession()).toBeUndefined()
})
