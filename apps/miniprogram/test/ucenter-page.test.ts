import { afterEach, expect, it, vi } from 'vitest'
import { failed, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const PAGE = 'pages/ucenter/index/index'

afterEach(() => {
  vi.useRealTimers()
})

const openCentre = async (profile: object = {}) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  Object.assign(api.profile, profile)
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await running.openPage(PAGE)

  return { api, page, ...running }
}

const openLoaded = async (profile?: object) => {
  const opened = await openCentre(profile)
  await until(() => opened.page.data.isLoaded)

  return opened
}

it('sends no request for a guest, and offers to sign in', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(PAGE)

  expect(page.data).toMatchObject({ hasLogin: false, userInfo: null, failure: null })
  expect(api.calls).toEqual([])
  page.onSignIn()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('shows the stored profile at once, then that of the server', async () => {
  const { page } = await openCentre()
  expect(page.data).toMatchObject({
    hasLogin: true,
    isLoaded: false,
    userInfo: { nickName: '小明' },
  })

  await until(() => page.data.isLoaded)
  expect(page.data.userInfo.nickName).toBe('小明😀')
  expect(page.data.deviceCount).toBe('2 台')
})

it('shows a skeleton only when the answer takes longer than 300 ms, and removes it in any case', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const api = await startApi()
  api.script(() => 'hang')
  const { openPage } = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await openPage(PAGE)
  await until(() => api.calls.length === 1)

  await vi.advanceTimersByTimeAsync(299)
  expect(page.data.showSkeleton).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(page.data.showSkeleton).toBe(true)
  await vi.advanceTimersByTimeAsync(8000)
  await until(() => !page.data.showSkeleton)
  expect(page.data.failure).toMatchObject({ errno: -1 })
})

it('shows a failure that can be retried, and keeps the stored profile', async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  api.script(() => failed(500, 502, { 'X-Request-Id': 'id-1' }))
  const { openPage } = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await openPage(PAGE)
  await until(() => page.data.failure)
  expect(page.data).toMatchObject({
    failure: { requestId: 'id-1' },
    userInfo: { nickName: '小明' },
  })

  api.script(() => undefined)
  await page.onRetry()
  expect(page.data).toMatchObject({ failure: null, isLoaded: true })
})

it('loads again when the network is back', async () => {
  const { api, page } = await openLoaded()
  const before = api.calls.length

  await page.onOnline()
  expect(api.calls.length).toBeGreaterThan(before)
})

it('shows no personal data after log-out', async () => {
  const { page, wechat, forgetSession } = await openLoaded({ mobile: '156******77' })
  expect(page.data.mobile).toBe('156******77')

  forgetSession()
  expect(page.data).toMatchObject({
    hasLogin: false,
    userInfo: null,
    deviceCount: '',
    isLoaded: false,
  })
  expect(page.data.mobile).toBe('')
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('changes no data after the page was closed', async () => {
  const { api, page } = await openLoaded()
  let patches = 0
  api.script(({ path }) => {
    if (path === '/wx/user/index') {
      page.onUnload()
      patches = page.patches
    }
    return undefined
  })

  await page.onRetry()
  expect(page.patches).toBe(patches)
})

it('does not show an answer that arrives after log-out', async () => {
  const { api, page, forgetSession } = await openLoaded()
  api.script(({ path }) => {
    if (path === '/wx/user/index') forgetSession()
    return undefined
  })

  await page.onRetry()
  expect(page.data).toMatchObject({
    hasLogin: false,
    userInfo: null,
    deviceCount: '',
    isLoaded: false,
  })
})

it('shows that the session was ended from elsewhere, and offers to sign in', async () => {
  const { api, page } = await openLoaded()
  api.script(({ path }) => (path === '/wx/user/index' ? failed(401, 714) : undefined))

  await page.onRetry()
  expect(page.data).toMatchObject({ hasLogin: false, deviceCount: '', failure: { errno: 714 } })
})

it('shows the public reason when the account is disabled, and signs out', async () => {
  const { api, page } = await openLoaded()
  api.script(() => failed(403, 704))

  await page.onRetry()
  expect(page.data).toMatchObject({ hasLogin: false, failure: { errno: 704, errmsg: 'errno 704' } })
})
