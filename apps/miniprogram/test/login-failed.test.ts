import { afterEach, expect, it, vi } from 'vitest'
import { failed } from './support/api'
import { BY_PHONE, LOGIN, openAgreed, submitted } from './support/login-page'
import { CODE } from './support/phone-page'
import { source } from './support/source'

afterEach(() => {
  vi.useRealTimers()
})

it('makes the way that failed the one to try again, whose button counts the wait down', async () => {
  const { api, page } = await openAgreed()
  api.script(() => failed(503, 702, { 'Retry-After': '30' }))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await page.onSubmit(submitted())
  expect(page.data).toMatchObject({
    retries: 'wechat',
    retryText: '请在 30 秒后重试',
    waiting: true,
  })

  vi.advanceTimersByTime(30_000)
  expect(page.data).toMatchObject({ retryText: '重试', waiting: false })
  expect(vi.getTimerCount()).toBe(0)
})

it('counts no further when the page was left', async () => {
  const { api, page } = await openAgreed()
  api.script(() => failed(503, 702, { 'Retry-After': '30' }))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await page.onSubmit(submitted())
  page.onUnload()

  expect(vi.getTimerCount()).toBe(0)
})

it('counts nothing when the page is gone before the answer', async () => {
  const { api, page } = await openAgreed()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  api.script(() => {
    page.onUnload()
    return failed(503, 702, { 'Retry-After': '30' })
  })
  await page.onSubmit(submitted())

  expect(vi.getTimerCount()).toBe(0)
})

it('leaves signing in without the number as the other way, which takes over when it fails too', async () => {
  const { api, page } = await openAgreed()
  api.script(() => 'cut')
  await page.onPhone(CODE)
  expect(page.data).toMatchObject({ retries: 'phone', retryText: '重试' })

  await page.onSubmit(submitted())
  expect(page.data.retries).toBe('wechat')
  expect([api.to(BY_PHONE).length, api.to(LOGIN).length]).toEqual([1, 1])
})

it.each([
  ['a form that is not accepted', 400, 401, false],
  ['an account that is disabled', 403, 704, true],
])('offers no retry of the same after %s', async (_, status, errno, isDisabled) => {
  const { api, page } = await openAgreed()
  api.script(() => failed(status, errno))
  await page.onSubmit(submitted())

  expect(page.data).toMatchObject({ retries: '', isDisabled })
})

it('has one filled button in every state', () => {
  const [, ...buttons] = source('pages/auth/login/login.wxml').split('<button')
  const filled = buttons.filter((tag) => /class="btn(?! btn-(soft|plain))/.test(tag))

  // `retry` stands alone: beside it `submit` is soft.
  expect(filled).toHaveLength(2)
  expect(filled[0]).toContain(`wx:if="{{retries === 'phone'}}"`)
  expect(filled[1]).toContain(`{{retries === 'phone' || isDisabled ? 'btn-soft' : ''}}`)
})
