import { afterEach, expect, it, vi } from 'vitest'
import { failed, startApi } from './support/api'
import { allowed, BIND, BOUND, openPhone, PHONE, refused } from './support/phone-page'
import type { Instance } from './support/start'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const LOGIN = '/wx/auth/login_by_weixin'
const DATA = { encryptedData: 'c2VjcmV0', iv: 'aXY=' }

afterEach(() => {
  vi.useRealTimers()
})

it('offers to sign out other devices only when there are some and a number is changed', async () => {
  const offers = ({ data }: Instance) => data.mobile !== '' && data.others > 0
  const { page: fresh } = await openPhone({ deviceCount: 3 })
  expect(fresh.data.current).toBe('还没有绑定手机号')
  expect(offers(fresh)).toBe(false)

  const { page: alone } = await openPhone({ ...BOUND, deviceCount: 1 })
  expect(alone.data.current).toContain('138******01')
  expect(offers(alone)).toBe(false)

  const { page } = await openPhone(BOUND)
  expect(offers(page)).toBe(true)
  expect(page.data.othersText).toContain('2')
})

it.each([
  ['declined', refused('user deny'), /以后|随时/],
  ['without consent', refused('privacy permission is not authorized', 104), /10 秒/],
  ['without a reason', refused('timeout'), /再试/],
])('shows a hint and sends no request when the tap was answered %s', async (_, event, hint) => {
  const { api, page } = await openPhone()
  await page.onPhone(event)

  expect(api.to(BIND)).toEqual([])
  expect(page.data).toMatchObject({ isBlocked: false, failure: null, submitting: false })
  expect(page.data.hint).toMatch(hint)
})

it.each([
  ['the quota is spent', refused('no quota', 1400001)],
  ['the owner declared no number', refused('api scope is not declared', 112)],
])('offers to contact the administrator when %s', async (_, event) => {
  const { api, page } = await openPhone()
  await page.onPhone(event)

  expect(page.data).toMatchObject({ isBlocked: true, hint: '', failure: null })
  expect(api.to(BIND)).toEqual([])
})

it('asks for missing consent with the same tap, and not once it is given', async () => {
  const { page, wechat } = await openPhone()
  await until(() => page.data.needsConsent)
  expect(page.data.openType).toBe('getPhoneNumber|agreePrivacyAuthorization')
  expect(page.data.contract).toBe('《会议OA隐私保护指引》')

  wechat.state.needsConsent = false
  await page.onPhone(refused('user deny'))
  await until(() => !page.data.needsConsent)
  expect(page.data.openType).toBe('getPhoneNumber')
})

it('uses the plain button on a WeChat without privacy APIs', async () => {
  const { page } = await openPhone({}, ({ state }) => {
    state.canUse = false
  })

  expect(page.data).toMatchObject({ needsConsent: false, openType: 'getPhoneNumber' })
})

it('signs in before it shows a button that gives no code, and sends the encrypted data', async () => {
  const { api, page, wechat } = await openPhone({}, ({ state }) => {
    state.sdkVersion = '2.21.1'
  })
  expect(api.calls.map(({ path }) => path)).toEqual([LOGIN, '/wx/user/index'])

  await page.onPhone(allowed(DATA))
  expect(api.to(BIND)).toMatchObject([{ token: 'token-1', body: DATA }])
  expect(wechat.state.logins).toBe(1)
})

it('signs in again unseen when the data was encrypted with another key, so that the next tap works', async () => {
  const { api, page, wechat } = await openPhone({}, ({ state }) => {
    state.sdkVersion = '2.21.1'
  })
  api.script(({ path, token }) =>
    path === BIND && token === 'token-1' ? failed(400, 718) : undefined,
  )
  await page.onPhone(allowed(DATA))
  expect(page.data.failure).toMatchObject({ errno: 718 })
  expect(wechat.state.logins).toBe(2)

  await page.onPhone(allowed(DATA))
  expect(api.to(BIND).map(({ token }) => token)).toEqual(['token-1', 'token-2'])
  expect(page.data.failure).toBeNull()
})

it('does not show that button when the sign-in failed, and signs in again on retry', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({
    base: api.base,
    prepare: (started) => {
      signedIn(api.base)(started)
      started.state.sdkVersion = '2.9.0'
      started.state.login = 'fail'
    },
  })
  const page = await openPage(PHONE)
  await until(() => page.data.failure)
  expect(page.data).toMatchObject({ isLoaded: false, canRetry: true })

  wechat.state.login = 'ok'
  await page.onRetry()
  expect(page.data).toMatchObject({ isLoaded: true, failure: null })
})

it('sends no request for a guest, and offers to sign in', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(PHONE)

  expect(page.data).toMatchObject({ hasLogin: false, isLoaded: false })
  expect(api.calls).toEqual([])
  page.onSignIn()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('shows no personal data after the session ended', async () => {
  const { page, forgetSession } = await openPhone(BOUND)
  forgetSession()

  expect(page.data).toMatchObject({ hasLogin: false, isLoaded: false, mobile: '', others: 0 })
})

it('shows that it loads only when that takes longer than 300 ms', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const api = await startApi()
  api.script(() => 'hang')
  const { openPage } = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await openPage(PHONE)
  await until(() => api.calls.length === 1)

  await vi.advanceTimersByTimeAsync(299)
  expect(page.data.showLoading).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(page.data.showLoading).toBe(true)
  await vi.advanceTimersByTimeAsync(8000)
  await until(() => !page.data.showLoading)
  expect(page.data).toMatchObject({ failure: { errno: -1 }, canRetry: true })
})
