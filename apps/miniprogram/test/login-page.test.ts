import { afterEach, expect, it, vi } from 'vitest'
import { failed } from './support/api'
import { LOGIN, openAgreed, submitted } from './support/login-page'
import { until } from './support/until'

afterEach(() => {
  vi.useRealTimers()
})

it('signs in with the name that the form holds on submit, and goes back', async () => {
  const { api, page, pages, wechat } = await openAgreed()
  pages.unshift({})

  await page.onSubmit(submitted(' 小明 '))
  expect(api.to(LOGIN)[0]?.body).toMatchObject({ userInfo: { nickName: '小明' } })
  expect(wechat.state.moves).toEqual(['navigateBack'])
  expect(page.data).toMatchObject({ submitting: false, failure: null })
})

it.each(['', '   ', undefined])(
  'signs in without a name when WeChat’s check reduced it to %j',
  async (left) => {
    const { api, page } = await openAgreed()

    await page.onSubmit(submitted(left))
    expect(api.to(LOGIN)[0]?.body).not.toHaveProperty('userInfo')
  },
)

it('goes to the home page when there is no previous page, as after a share link', async () => {
  const { page, wechat } = await openAgreed()

  await page.onSubmit(submitted(''))
  expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
})

it('sends one request on a double tap', async () => {
  const { api, page, wechat } = await openAgreed()

  await Promise.all([page.onSubmit(submitted('')), page.onSubmit(submitted('')), page.onRetry()])
  expect(api.to(LOGIN)).toHaveLength(1)
  expect(wechat.state.moves).toHaveLength(1)
})

it('shows a failure with its request id, and signs in on retry with the same name', async () => {
  const { api, page, wechat } = await openAgreed()
  api.script(() => failed(500, 502, { 'X-Request-Id': 'id-1' }))

  await page.onSubmit(submitted('小明'))
  expect(page.data).toMatchObject({ submitting: false, failure: { errno: 502, requestId: 'id-1' } })
  expect(wechat.state.moves).toEqual([])

  api.script(() => undefined)
  await page.onRetry()
  expect(api.to(LOGIN)[1]?.body).toMatchObject({ userInfo: { nickName: '小明' } })
  expect(page.data.failure).toBeNull()
})

it('sends nothing to a server that asked to wait, until the wait is over', async () => {
  const { api, page } = await openAgreed()
  api.script(() => failed(429, 706, { 'Retry-After': '30' }))
  await page.onSubmit(submitted(''))
  expect(page.data.failure).toMatchObject({ retryAfter: 30 })

  await page.onSubmit(submitted(''))
  expect(api.calls).toHaveLength(1)

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 })
  await page.onSubmit(submitted(''))
  expect(api.calls).toHaveLength(2)
})

it('shows the name that the mini-program’s owner gave to the privacy guidelines', async () => {
  const { page } = await openAgreed()

  await until(() => page.data.contract === '《会议OA隐私保护指引》')
})

it('ends the spinner when wx.login fails', async () => {
  const { page, wechat } = await openAgreed()
  wechat.state.login = 'fail'

  await page.onSubmit(submitted(''))
  expect(page.data).toMatchObject({ submitting: false, failure: { errno: -1 } })
})

it('changes neither data nor navigation after the page was closed', async () => {
  const { api, page, wechat } = await openAgreed()
  let patches = 0
  api.script(() => {
    page.onUnload()
    patches = page.patches
    return undefined
  })

  await page.onSubmit(submitted(''))
  expect(page.patches).toBe(patches)
  expect(wechat.state.moves).toEqual([])
  expect(wechat.state.toasts).toEqual([])
})

it('lets the user go on without signing in', async () => {
  const { api, page, wechat } = await openAgreed()

  page.onLater()
  expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
  expect(api.calls).toEqual([])
})
