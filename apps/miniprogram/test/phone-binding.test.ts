import { expect, it } from 'vitest'
import { failed } from './support/api'
import { BIND, BOUND, CODE, openPhone } from './support/phone-page'

it('binds the number, shows it as the server masked it, and goes back', async () => {
  const { api, page, wechat } = await openPhone()

  await page.onPhone(CODE)
  expect(api.to(BIND).map(({ body }) => body)).toEqual([{ code: 'phone-code' }])
  expect(wechat.state.toasts).toEqual(['已绑定 156******77'])
  expect(wechat.state.moves).toEqual(['navigateBack'])
})

it('stores neither the number nor its code on the phone', async () => {
  const { page, wechat } = await openPhone(BOUND)
  await page.onPhone(CODE)

  expect([...wechat.state.storage.values()].join()).not.toMatch(/156\*|138\*|phone-code/)
})

it('goes to the personal centre when the page was opened from a link', async () => {
  const { page, pages, wechat } = await openPhone()
  pages.splice(0, 1)

  await page.onPhone(CODE)
  expect(wechat.state.moves).toEqual(['switchTab /pages/ucenter/index/index'])
})

it('signs out other devices in the same request when the user chose to, and shows how many', async () => {
  const { api, page, wechat } = await openPhone(BOUND)
  api.script(({ path }) =>
    path === BIND
      ? { body: { errno: 0, errmsg: 'ok', data: { mobile: '156******77', endedSessions: 2 } } }
      : undefined,
  )

  page.onEndOthers({ detail: { value: true } })
  await page.onPhone(CODE)
  expect(api.to(BIND).map(({ body }) => body)).toEqual([
    { code: 'phone-code', endOtherSessions: true },
  ])
  expect(wechat.state.toasts.at(-1)).toMatch(/156\*{6}77.*2 台/)
})

it('leaves other devices signed in by default', async () => {
  const { api, page } = await openPhone(BOUND)
  page.onEndOthers({ detail: { value: true } })
  page.onEndOthers({ detail: { value: false } })

  await page.onPhone(CODE)
  expect(api.to(BIND)[0]?.body).toEqual({ code: 'phone-code' })
})

it('signs in silently when a fresh sign-in is required (715), and sends the same code again', async () => {
  const { api, page, wechat } = await openPhone()
  api.script(({ path, token }) =>
    path === BIND && token === 'token-0' ? failed(401, 715) : undefined,
  )

  await page.onPhone(CODE)
  expect(api.to(BIND).map(({ token, body }) => [token, body])).toEqual([
    ['token-0', { code: 'phone-code' }],
    ['token-1', { code: 'phone-code' }],
  ])
  expect(wechat.state.logins).toBe(1)
  expect(page.data.failure).toBeNull()
  expect(wechat.state.toasts).toEqual(['已绑定 156******77'])
})

it('does so once: a second 715 is shown', async () => {
  const { api, page, wechat } = await openPhone()
  api.script(({ path }) => (path === BIND ? failed(401, 715) : undefined))

  await page.onPhone(CODE)
  expect(api.to(BIND)).toHaveLength(2)
  expect(wechat.state.logins).toBe(1)
  expect(page.data.failure).toMatchObject({ errno: 715 })
})

it.each([
  [716, 409, /其他账号/, false],
  [717, 429, /明天再试/, true],
  [718, 400, /再点一次/, false],
  [705, 401, /微信登录状态/, false],
])(
  'shows errno %i in its own words, and does not offer to send the same code again',
  async (errno, status, text, isBlocked) => {
    const { api, page, wechat, attachComponent } = await openPhone()
    const headers = { 'X-Request-Id': 'id-1', 'Retry-After': '40000' }
    api.script(({ path }) => (path === BIND ? failed(status, errno, headers) : undefined))

    await page.onPhone(CODE)
    expect(page.data).toMatchObject({ canRetry: false, isBlocked, submitting: false })
    expect(wechat.state.moves).toEqual([])
    const card = await attachComponent('failure-card')
    card.set({ failure: page.data.failure })
    expect(card.data.text).toMatch(text)
    expect(card.data.requestId).toContain('id-1')
    card.detach()
  },
)

it('sends the same code again after a lost response, since WeChat charges for each tap', async () => {
  const { api, page, wechat } = await openPhone()
  api.script(({ path }) => (path === BIND ? 'cut' : undefined))
  await page.onPhone(CODE)
  expect(page.data).toMatchObject({ canRetry: true, failure: { errno: -1 } })

  api.script(() => undefined)
  await page.onRetry()
  expect(api.to(BIND).map(({ body }) => body)).toEqual([
    { code: 'phone-code' },
    { code: 'phone-code' },
  ])
  expect(wechat.state.toasts).toEqual(['已绑定 156******77'])
})

it('shows the bound number when the repeated code is spent', async () => {
  const { api, page } = await openPhone()
  api.script(({ path }) => (path === BIND ? 'cut' : undefined))
  await page.onPhone(CODE)
  Object.assign(api.profile, { mobile: '156******77' })
  api.script(({ path }) => (path === BIND ? failed(400, 718) : undefined))

  await page.onRetry()
  expect(page.data).toMatchObject({ mobile: '156******77', failure: { errno: 718 } })
})

it('sends one request on a double tap', async () => {
  const { api, page, wechat } = await openPhone()

  await Promise.all([page.onPhone(CODE), page.onPhone(CODE), page.onRetry()])
  expect(api.to(BIND)).toHaveLength(1)
  expect(wechat.state.moves).toHaveLength(1)
})
