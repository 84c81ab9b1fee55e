import { expect, it } from 'vitest'
import { agreement } from '../miniprogram/config/agreement'
import { failed } from './support/api'
import { CLOSE, LOGIN, openData, READ, ticked, unticked } from './support/data-page'
import { until } from './support/until'

const INFO = '/wx/auth/info'

const openTicked = async () => {
  const opened = await openData(undefined, ({ wx }) => {
    wx.setStorageSync('deviceId', 'd'.repeat(32))
    wx.setStorageSync('agreement', agreement.version)
  })
  opened.page.onUnderstood(ticked)

  return opened
}

it('asks for the box to be ticked, then in a dialog with a red button; cancelling sends nothing', async () => {
  const { api, page, wechat } = await openTicked()
  page.onUnderstood(unticked)
  await page.onClose()
  expect(page.data.hint).toBe('请先勾选上面的确认')
  expect(wechat.state.modals).toEqual([])

  page.onUnderstood(ticked)
  expect(page.data.hint).toBe('')
  wechat.state.modalAnswer = false
  await page.onClose()
  expect(wechat.state.modal).toMatchObject({ confirmText: '注销', confirmColor: '#b3261e' })
  expect(api.calls).toEqual([])
  expect(wechat.state.storage.has('token')).toBe(true)
})

it('has a red that is readable in the dark theme', async () => {
  const { page, wechat } = await openTicked()
  Object.assign(wechat.state, { theme: 'dark', modalAnswer: false })
  await page.onClose()

  expect(wechat.state.modal.confirmColor).toBe('#ff8a80')
})

it('closes the account, removes everything stored about the user, and goes home as a guest', async () => {
  const { api, page, wechat, readSession } = await openTicked()
  await page.onView()
  await page.onClose()

  expect(api.to(CLOSE)).toMatchObject([{ method: 'POST', body: { confirm: true } }])
  expect([...wechat.state.storage.keys()]).toEqual([])
  expect(readSession()).toBeUndefined()
  expect(wechat.state.modals.at(-1)).toBe('账号已注销')
  expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
  expect(page.data).toMatchObject({ hasLogin: false, isLoaded: false, closing: false, account: [] })
})

it('sends one request on a double tap', async () => {
  const { api, page } = await openTicked()
  await Promise.all([page.onClose(), page.onClose()])

  expect(api.to(CLOSE)).toHaveLength(1)
})

it('renews silently and once when a fresh sign-in is required (715) or the session ended', async () => {
  for (const errno of [715, 501]) {
    const { api, page, wechat } = await openTicked()
    api.script(({ path, token }) =>
      path === CLOSE && token === 'token-0' ? failed(401, errno) : undefined,
    )
    await page.onClose()

    expect(api.to(CLOSE).map(({ token }) => token)).toEqual(['token-0', 'token-1'])
    expect(api.to(LOGIN)).toHaveLength(1)
    expect(wechat.state.modals.at(-1)).toBe('账号已注销')
  }
})

it.each([
  [503, 707, '暂时无法确认账号是否已注销'],
  [429, 706, '账号未注销'],
  [401, 715, '账号未注销'],
])(
  'keeps the session when closing fails (%i, errno %i), and shows why',
  async (status, errno, title) => {
    const { api, page, wechat } = await openTicked()
    api.script(({ path }) => (path === CLOSE ? failed(status, errno) : undefined))
    await page.onClose()

    expect(page.data).toMatchObject({ closing: false, closeFailure: { errno }, closeTitle: title })
    for (const key of ['token', 'userInfo', 'deviceId', 'agreement'])
      expect(wechat.state.storage.has(key)).toBe(true)
    expect(wechat.state.moves).toEqual([])
    expect(wechat.state.toasts).toEqual([])
  },
)

it('can be tried again, with the same confirmation, when there was no network', async () => {
  const { api, page, wechat } = await openTicked()
  api.script(() => 'cut')
  await page.onClose()
  expect(page.data).toMatchObject({ closeFailure: { errno: -1 }, hasLogin: true })

  api.script(() => undefined)
  await page.onClose()
  expect(wechat.state.modals).toEqual(['确定注销账号？', '确定注销账号？', '账号已注销'])
})

it('counts as closed when the response was lost and the session ended, and creates no account', async () => {
  const { api, page, wechat } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? 'cut' : undefined))
  await page.onClose()
  api.validTokens.clear()
  api.script(() => undefined)

  await page.onClose()
  expect(api.to(LOGIN)).toEqual([])
  expect(wechat.state.modals.at(-1)).toBe('账号已注销')
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('notices a closed account also when it reads the data, and at the next start', async () => {
  const { api, page, wechat, launch } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? 'cut' : undefined))
  await page.onClose()
  const kept = [...wechat.state.storage]
  api.validTokens.clear()

  await page.onView()
  expect(wechat.state.modals.at(-1)).toBe('账号已注销')
  expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])

  for (const [key, value] of kept) wechat.state.storage.set(key, value)
  wechat.state.storage.set('tokenExpire', JSON.stringify('2020-01-01T00:00:00.000Z'))
  await launch()
  await until(() => !wechat.state.storage.has('token'))
  expect(api.to(INFO)).toHaveLength(1)
  expect(api.to(READ)).toHaveLength(1)
  expect(api.to(LOGIN)).toEqual([])
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('creates no account while the response is still to come', async () => {
  const { api, page, wechat, request } = await openTicked()
  api.script(async ({ path }) => {
    if (path !== CLOSE) return undefined
    api.validTokens.clear()
    await request('/wx/user/index', 'GET').catch(() => undefined)
    return { body: { errno: 0, errmsg: 'ok', data: {} } }
  })
  await page.onClose()

  expect(api.to(LOGIN)).toEqual([])
  expect(wechat.state.modals.at(-1)).toBe('账号已注销')
})

it('renews a session that ends after a clear refusal to close', async () => {
  const { api, page, request } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? failed(429, 706) : undefined))
  await page.onClose()
  api.validTokens.clear()

  await request('/wx/user/index', 'GET')
  expect(api.to(LOGIN)).toHaveLength(1)
})

it('shows a failure to a user who was signed out from elsewhere meanwhile', async () => {
  const { api, page } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? failed(401, 714) : undefined))
  await page.onClose()

  expect(page.data).toMatchObject({
    hasLogin: false,
    failure: { errno: 714 },
    failureTitle: '账号未注销',
  })
})

it('shows the outcome even after the page was left', async () => {
  const { api, page, wechat } = await openTicked()
  api.script(({ path }) => {
    if (path === CLOSE) page.onUnload()
    return path === CLOSE ? failed(429, 706) : undefined
  })
  await page.onClose()
  expect(wechat.state.toasts).toEqual([expect.stringContaining('账号未注销')])
})

it('can be confirmed in English', async () => {
  const { page, wechat } = await openData(undefined, ({ state }) => {
    state.language = 'en'
  })
  page.onUnderstood(ticked)
  await page.onClose()

  expect(wechat.state.modals.at(-1)).toBe('Your account is closed')
})
