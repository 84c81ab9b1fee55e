import { expect, it } from 'vitest'
import { failed } from './support/api'
import { CLOSE, LOGIN, openData, READ, ticked, unticked } from './support/data-page'
import { until } from './support/until'

const INFO = '/wx/auth/info'

const openTicked = async () => {
  const opened = await openData(undefined, ({ wx }) =>
    wx.setStorageSync('deviceId', 'd'.repeat(32)),
  )
  opened.page.onUnderstood(ticked)

  return opened
}

it('asks first for the box, then in a dialog with a red button; a no sends nothing', async () => {
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

it('has a red that can be read in the dark', async () => {
  const { page, wechat } = await openTicked()
  Object.assign(wechat.state, { theme: 'dark', modalAnswer: false })
  await page.onClose()

  expect(wechat.state.modal.confirmColor).toBe('#ff8a80')
})

it('closes, forgets everything stored of the person, and goes home as a guest', async () => {
  const { api, page, wechat, readSession } = await openTicked()
  await page.onView()
  await page.onClose()

  expect(api.to(CLOSE)).toMatchObject([{ method: 'POST', body: { confirm: true } }])
  expect([...wechat.state.storage.keys()]).toEqual([])
  expect(readSession()).toBeUndefined()
  expect(wechat.state.toasts).toEqual(['账号已注销'])
  expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
  expect(page.data).toMatchObject({ hasLogin: false, isLoaded: false, closing: false, account: [] })
})

it('sends one request when it is tapped twice', async () => {
  const { api, page } = await openTicked()
  await Promise.all([page.onClose(), page.onClose()])

  expect(api.to(CLOSE)).toHaveLength(1)
})

it('renews a session that is too old a proof, or over, unseen and once', async () => {
  for (const errno of [715, 501]) {
    const { api, page, wechat } = await openTicked()
    api.script(({ path, token }) =>
      path === CLOSE && token === 'token-0' ? failed(401, errno) : undefined,
    )
    await page.onClose()

    expect(api.to(CLOSE).map(({ token }) => token)).toEqual(['token-0', 'token-1'])
    expect(api.to(LOGIN)).toHaveLength(1)
    expect(wechat.state.toasts).toEqual(['账号已注销'])
  }
})

it.each([
  [503, 707, '还不知道账号是否已经注销'],
  [429, 706, '账号没有注销'],
  [401, 715, '账号没有注销'],
])(
  'changes nothing here when it fails (%i, errno %i), and says so',
  async (status, errno, title) => {
    const { api, page, wechat } = await openTicked()
    api.script(({ path }) => (path === CLOSE ? failed(status, errno) : undefined))
    await page.onClose()

    expect(page.data).toMatchObject({ closing: false, closeFailure: { errno }, closeTitle: title })
    for (const key of ['token', 'userInfo', 'deviceId'])
      expect(wechat.state.storage.has(key)).toBe(true)
    expect(wechat.state.moves).toEqual([])
    expect(wechat.state.toasts).toEqual([])
  },
)

it('can be tried again, with the same question, when there was no network', async () => {
  const { api, page, wechat } = await openTicked()
  api.script(() => 'cut')
  await page.onClose()
  expect(page.data).toMatchObject({ closeFailure: { errno: -1 }, hasLogin: true })

  api.script(() => undefined)
  await page.onClose()
  expect(wechat.state.modals).toHaveLength(2)
  expect(wechat.state.toasts).toEqual(['账号已注销'])
})

it('is closed when the answer was lost and the session is over, without opening a new account', async () => {
  const { api, page, wechat } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? 'cut' : undefined))
  await page.onClose()
  api.validTokens.clear()
  api.script(() => undefined)

  await page.onClose()
  expect(api.to(LOGIN)).toEqual([])
  expect(wechat.state.toasts).toEqual(['账号已注销'])
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('is seen to be closed also by reading the data, or at the next start', async () => {
  const { api, page, wechat, launch } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? 'cut' : undefined))
  await page.onClose()
  const kept = [...wechat.state.storage]
  api.validTokens.clear()

  await page.onView()
  expect(wechat.state.toasts).toEqual(['账号已注销'])
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

it('opens no new account while the answer is still under way', async () => {
  const { api, page, wechat, request } = await openTicked()
  api.script(async ({ path }) => {
    if (path !== CLOSE) return undefined
    api.validTokens.clear()
    await request('/wx/user/index', 'GET').catch(() => undefined)
    return { body: { errno: 0, errmsg: 'ok', data: {} } }
  })
  await page.onClose()

  expect(api.to(LOGIN)).toEqual([])
  expect(wechat.state.toasts).toEqual(['账号已注销'])
})

it('does not take a session for closed that ends after a clear refusal', async () => {
  const { api, page, request } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? failed(429, 706) : undefined))
  await page.onClose()
  api.validTokens.clear()

  await request('/wx/user/index', 'GET')
  expect(api.to(LOGIN)).toHaveLength(1)
})

it('tells who was signed out from elsewhere meanwhile, as a guest', async () => {
  const { api, page } = await openTicked()
  api.script(({ path }) => (path === CLOSE ? failed(401, 714) : undefined))
  await page.onClose()

  expect(page.data).toMatchObject({
    hasLogin: false,
    failure: { errno: 714 },
    failureTitle: '账号没有注销',
  })
})

it('says what came of it although its page was left', async () => {
  const { api, page, wechat } = await openTicked()
  api.script(({ path }) => {
    if (path === CLOSE) page.onUnload()
    return path === CLOSE ? failed(429, 706) : undefined
  })
  await page.onClose()
  expect(wechat.state.toasts).toEqual([expect.stringContaining('账号没有注销')])
})

it('can be confirmed in English too', async () => {
  const { page, wechat } = await openData(undefined, ({ state }) => {
    state.language = 'en'
  })
  page.onUnderstood(ticked)
  await page.onClose()

  expect(wechat.state.toasts).toEqual(['Your account is closed'])
})
