import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const PAGE = 'pages/ucenter/devices/devices'
const OTHER = '01938a5e-7c1d-7000-8000-000000000002'
const tapOn = (dataset: object) => ({ currentTarget: { dataset } })

const openLoaded = async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await running.openPage(PAGE)
  await until(() => page.data.isLoaded)

  return { api, page, ...running }
}

it('lists where the user is signed in, this device first', async () => {
  const { page } = await openLoaded()

  expect(page.data.devices.map(({ name, current }: never) => [name, current])).toEqual([
    ['iPhone 15', true],
    ['iPad', false],
  ])
})

it('sends no request for a guest, and offers to sign in', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(PAGE)

  expect(page.data).toMatchObject({ hasLogin: false, devices: [], failure: null })
  expect(api.calls).toEqual([])
  page.onSignIn()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('ends another device’s session after a confirmation, and removes it from the list', async () => {
  const { api, page, wechat } = await openLoaded()
  wechat.state.modalAnswer = false
  await page.onEnd(tapOn({ id: OTHER, name: 'iPad' }))
  expect(page.data.devices).toHaveLength(2)

  wechat.state.modalAnswer = true
  await page.onEnd(tapOn({ id: OTHER, name: 'iPad' }))
  expect(api.calls.at(-1)).toMatchObject({ method: 'DELETE', path: `/wx/auth/sessions/${OTHER}` })
  expect(page.data.devices).toHaveLength(1)
})

it('keeps a device on the list when its session could not be ended, and shows why', async () => {
  const { api, page, wechat } = await openLoaded()
  api.script(() => failed(500, 502, { 'X-Request-Id': 'id-1' }))

  await page.onEnd(tapOn({ id: OTHER, name: 'iPad' }))
  expect(page.data).toMatchObject({ busy: false })
  expect(page.data.devices).toHaveLength(2)
  expect(wechat.state.toasts.at(-1)).toContain('id-1')
})

it('logs out everywhere after a confirmation', async () => {
  const { page, api, wechat } = await openLoaded()
  wechat.state.modalAnswer = false
  await page.onEndAll()
  expect(api.to('/wx/auth/logout_all')).toEqual([])

  wechat.state.modalAnswer = true
  await page.onEndAll()
  expect(page.data).toMatchObject({ hasLogin: false, devices: [] })
  expect(wechat.state.toasts.at(-1)).toContain('2')
})

it('shows that the session was ended from elsewhere', async () => {
  const { api, page } = await openLoaded()
  api.script(() => failed(401, 714))

  await page.onRetry()
  expect(page.data).toMatchObject({ hasLogin: false, devices: [], failure: { errno: 714 } })
})

const SESSIONS = '/wx/auth/sessions'
const NEW = { ip: '192.0.2.9', at: '2026-11-30T10:05:00.000Z' }
const withNew = (newDevices: object[], seen: object = {}) =>
  ok({
    sessions: [
      {
        id: OTHER,
        deviceName: 'iPad',
        ip: NEW.ip,
        createdAt: NEW.at,
        lastSeenAt: NEW.at,
        expiresAt: NEW.at,
        current: false,
        ...seen,
      },
    ],
    newDevices,
  })

it('marks a new device, and names one that is gone again', async () => {
  const { api, page } = await openLoaded()
  api.answers[SESSIONS] = withNew([
    { ...NEW, deviceName: 'iPad', sessionId: OTHER },
    { ...NEW, at: '2026-11-29T10:05:00.000Z', deviceName: '', sessionId: null },
  ])
  await page.onRetry()

  expect(page.data.devices).toMatchObject([{ name: 'iPad', isNew: true }])
  expect(page.data.arrivals).toMatchObject([
    { name: 'iPad', isGone: false, text: expect.stringContaining('192.0.2.9') },
    { name: '未知设备', isGone: true },
  ])
})

it('shows about where a device was used, where the server knows', async () => {
  const { api, page } = await openLoaded()
  expect(page.data.devices).toMatchObject([{ place: '' }, { place: '' }])
  const place = { zh: '中国 上海', en: 'Shanghai, China' }
  const arrival = { ...NEW, deviceName: 'iPad', sessionId: OTHER, place }
  api.answers[SESSIONS] = withNew([arrival], { place })
  await page.onRetry()

  expect(page.data.devices).toMatchObject([{ place: '中国 上海' }])
  expect(page.data.arrivals).toMatchObject([{ text: expect.stringContaining('中国 上海（IP') }])
})

it('tells the server what the user has seen, and not what came later', async () => {
  const { api, page } = await openLoaded()
  api.answers[SESSIONS] = withNew([{ ...NEW, deviceName: 'iPad', sessionId: OTHER }])
  await page.onRetry()
  api.answers[SESSIONS] = withNew([])
  await page.onSeen()

  expect(api.to('/wx/auth/new_devices_seen')).toMatchObject([{ body: { until: NEW.at } }])
  expect(page.data).toMatchObject({ arrivals: [], devices: [{ isNew: false }] })
  await page.onSeen()
  expect(api.to('/wx/auth/new_devices_seen')).toHaveLength(1)
})

it('keeps showing a new device when the server could not be told', async () => {
  const { api, page, wechat } = await openLoaded()
  api.answers[SESSIONS] = withNew([{ ...NEW, deviceName: 'iPad', sessionId: OTHER }])
  await page.onRetry()
  api.script(({ path }) => (path.endsWith('seen') ? failed(500, 502) : undefined))
  await page.onSeen()

  expect(page.data.arrivals).toHaveLength(1)
  expect(wechat.state.toasts).toHaveLength(1)
})
