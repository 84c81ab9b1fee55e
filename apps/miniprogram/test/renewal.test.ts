import { expect, it, vi } from 'vitest'
import type { Call } from './support/api'
import { failed, startApi } from './support/api'
import { signedIn, start } from './support/start'

const LOGIN = '/wx/auth/login_by_weixin'
const PATH = '/wx/user/index'

const startSignedIn = async () => {
  const api = await startApi()
  const running = await start({ base: api.base, prepare: signedIn(api.base, 'ended') })

  return { api, ...running }
}

it('renews an ended session once for ten requests, and repeats each of them once', async () => {
  const { api, request, wechat, readSession } = await startSignedIn()

  const answers = await Promise.all(Array.from({ length: 10 }, () => request(PATH, 'GET')))

  expect(answers.every(({ errno }) => errno === 0)).toBe(true)
  expect(wechat.state.logins).toBe(1)
  expect(api.to(LOGIN)).toHaveLength(1)
  expect(
    api
      .to(PATH)
      .map(({ token }) => token)
      .sort(),
  ).toEqual([...Array(10).fill('ended'), ...Array(10).fill('token-1')])
  expect(readSession()?.token).toBe('token-1')
})

it('does not sign in again for a refusal of the old token that arrives after the renewal', async () => {
  const { api, request, wechat } = await startSignedIn()
  let release = () => {}
  const renewed = new Promise<void>((resolve) => {
    release = resolve
  })
  api.script(async ({ path, token }) => {
    if (path === '/wx/auth/sessions' && token === 'ended') await renewed
    return undefined
  })

  const late = request('/wx/auth/sessions', 'GET')
  await request(PATH, 'GET')
  expect(api.validTokens).toContain('token-1')
  release()

  await expect(late).resolves.toMatchObject({ errno: 0 })
  expect(wechat.state.logins).toBe(1)
})

it('does the same when only WeChat’s session has ended (705)', async () => {
  const { api, request, wechat } = await startSignedIn()
  api.script(({ path, token }) =>
    path === PATH && token === 'ended' ? failed(401, 705) : undefined,
  )

  await expect(request(PATH, 'GET')).resolves.toMatchObject({ errno: 0 })
  expect(wechat.state.logins).toBe(1)
})

it('signs in again when a fresh sign-in is required (715), even with a token just prolonged', async () => {
  const { api, request, wechat, readSession } = await startSignedIn()
  const fresh = { 'X-OA-Token': 'prolonged' }
  api.script(({ path, token }) =>
    path === PATH && token !== 'token-1' ? failed(401, 715, fresh) : undefined,
  )

  await expect(request(PATH, 'GET')).resolves.toMatchObject({ errno: 0 })
  expect(api.to(PATH).map(({ token }) => token)).toEqual(['ended', 'token-1'])
  expect(wechat.state.logins).toBe(1)
  expect(readSession()?.token).toBe('token-1')
})

it('never signs a guest in', async () => {
  const api = await startApi()
  const { request, wechat } = await start({ base: api.base })

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 501 })
  expect(wechat.state.logins).toBe(0)
})

it('repeats once only: a second refusal signs out and rejects', async () => {
  const { api, request, wechat, readSession } = await startSignedIn()
  api.script(({ path }) => (path === PATH ? failed(401, 501) : undefined))

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 501 })
  expect(api.to(PATH)).toHaveLength(2)
  expect(wechat.state.logins).toBe(1)
  expect(readSession()).toBeUndefined()
})

it('keeps the session when the renewal fails for lack of network or of WeChat', async () => {
  const { api, request, wechat, readSession } = await startSignedIn()
  wechat.state.login = 'fail'
  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })

  wechat.state.login = 'ok'
  api.script(({ path }) => (path === LOGIN ? failed(503, 702) : undefined))
  vi.spyOn(Math, 'random').mockReturnValue(0)
  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 702 })
  expect(readSession()?.token).toBe('ended')
})

it.each([
  ['the request', PATH],
  ['the renewal', LOGIN],
])('forgets the session when %s says that the account is disabled', async (_, path) => {
  const { api, request, readSession } = await startSignedIn()
  api.script((call: Call) => (call.path === path ? failed(403, 704) : undefined))

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 704 })
  expect(readSession()).toBeUndefined()
})

it('signs out without wx.login when the session was ended from elsewhere', async () => {
  const { api, wechat, request, readSession } = await startSignedIn()
  const loginsBefore = wechat.state.logins
  api.script(() => failed(401, 714))

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 714 })
  expect(readSession()).toBeUndefined()
  expect(wechat.state.logins).toBe(loginsBefore)
})

it('stays logged out after a log-out during a renewal', async () => {
  const { api, request, readSession, forgetSession } = await startSignedIn()
  api.script(({ path }) => {
    if (path === LOGIN) forgetSession()
    return undefined
  })

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })
  expect(readSession()).toBeUndefined()
})

it('can renew again after a renewal that failed', async () => {
  const { request, wechat } = await startSignedIn()
  wechat.state.login = 'fail'
  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: -1 })

  wechat.state.login = 'ok'
  await expect(request(PATH, 'GET')).resolves.toMatchObject({ errno: 0 })
})
