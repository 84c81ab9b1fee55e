import { afterEach, expect, it, vi } from 'vitest'
import { failed } from './support/api'
import { BY_PHONE, LOGIN, openAgreed, submitted } from './support/login-page'
import { allowed, CODE, refused } from './support/phone-page'
import { until } from './support/until'

const DATA = { encryptedData: 'c2VjcmV0', iv: 'aXY=' }
const submit = submitted()

afterEach(() => {
  vi.useRealTimers()
})

it('signs in and binds the number with one request after one tap', async () => {
  const { api, page, readSession, wechat } = await openAgreed()

  await page.onPhone(CODE)
  expect(api.calls).toMatchObject([
    {
      path: BY_PHONE,
      token: undefined,
      body: { code: 'code-1', phoneCode: 'phone-code', deviceId: '07'.repeat(16) },
    },
  ])
  expect(readSession()).toMatchObject({ token: 'token-1' })
  expect(wechat.state.toasts).toEqual(['登录成功'])
  expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
})

it('stores neither the number nor its code on the phone', async () => {
  const { page, wechat } = await openAgreed()
  await page.onPhone(CODE)

  expect([...wechat.state.storage.values()].join()).not.toMatch(/156\*|phone-code/)
})

it.each([
  ['declined', refused('user deny'), /没有授权手机号也没关系/, false],
  ['without consent', refused('privacy permission is not authorized', 104), /10 秒/, false],
  ['without a reason', refused('timeout'), /再试一次/, false],
  ['by a spent quota', refused('no quota', 1400001), /暂时无法/, true],
  ['by an undeclared number', refused('api scope is not declared', 112), /暂时无法/, true],
])(
  'sends nothing when the tap was answered %s, and names the other way to sign in',
  async (_, event, hint, isPhoneBlocked) => {
    const { api, page } = await openAgreed()
    await page.onPhone(event)

    expect(api.calls).toEqual([])
    expect(page.data).toMatchObject({ isPhoneBlocked, failure: null, submitting: false })
    expect(page.data.phoneHint).toMatch(hint)
    expect(page.data.phoneHint).toContain('微信一键登录')
    await page.onSubmit(submit)
    expect(api.to(LOGIN)).toHaveLength(1)
  },
)

it.each([
  [716, 409, /其他账号/, false],
  [717, 429, /明天再试/, true],
  [718, 400, /再点一次/, false],
])(
  'shows errno %i in its own words, and signs in without a number afterwards',
  async (errno, status, text, isPhoneBlocked) => {
    const { api, page, readSession, wechat, attachComponent } = await openAgreed()
    const headers = { 'X-Request-Id': 'id-1', 'Retry-After': '40000' }
    api.script(({ path }) => (path === BY_PHONE ? failed(status, errno, headers) : undefined))

    await page.onPhone(CODE)
    expect(page.data).toMatchObject({ retries: '', isPhoneBlocked, submitting: false })
    expect(page.data.phoneHint).toContain('微信一键登录')
    expect(readSession()).toBeUndefined()
    const card = await attachComponent('failure-card')
    card.set({ failure: page.data.failure })
    expect(card.data.text).toMatch(text)
    card.detach()

    await page.onSubmit(submit)
    expect(api.to(LOGIN)).toHaveLength(1)
    expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
  },
)

it('sends the same phone code with a new login code after a lost response', async () => {
  const { api, page, wechat } = await openAgreed()
  api.script(() => 'cut')
  await page.onPhone(CODE)
  expect(page.data).toMatchObject({ retries: 'phone', failure: { errno: -1 }, phoneHint: '' })

  api.script(() => undefined)
  await page.onRetry()
  expect(api.to(BY_PHONE).map(({ body }) => body)).toMatchObject([
    { code: 'code-1', phoneCode: 'phone-code' },
    { code: 'code-2', phoneCode: 'phone-code' },
  ])
  expect(wechat.state.toasts).toEqual(['登录成功'])
})

it('asks for a new login code once when the first is refused, and keeps the phone code', async () => {
  const { api, page } = await openAgreed()
  api.script(({ body }) =>
    (body as { code: string }).code === 'code-1' ? failed(401, 701) : undefined,
  )

  await page.onPhone(CODE)
  expect(api.to(BY_PHONE).map(({ body }) => body)).toMatchObject([
    { code: 'code-1', phoneCode: 'phone-code' },
    { code: 'code-2', phoneCode: 'phone-code' },
  ])
  expect(page.data.failure).toBeNull()
})

it('sends the number no more when the user signs in without it', async () => {
  const { api, page } = await openAgreed()
  api.script(({ path }) => (path === BY_PHONE ? failed(503, 702) : undefined))
  await page.onPhone(CODE)

  await page.onSubmit(submit)
  expect(api.to(BY_PHONE)).toHaveLength(1)
  expect(JSON.stringify(api.to(LOGIN))).not.toContain('phone-code')
})

it('waits as long as a busy server asks, for both ways to sign in', async () => {
  const { api, page } = await openAgreed()
  api.script(() => failed(429, 706, { 'Retry-After': '30' }))
  await page.onPhone(CODE)

  await page.onSubmit(submit)
  await page.onRetry()
  expect(api.calls).toHaveLength(1)
})

it('sends one request on a double tap', async () => {
  const { api, page } = await openAgreed()

  await Promise.all([page.onPhone(CODE), page.onPhone(CODE), page.onSubmit(submit)])
  expect(api.calls).toHaveLength(1)
})

it('asks for missing consent with the same tap, and not once it is given', async () => {
  const { page, wechat } = await openAgreed()
  await until(() => page.data.needsConsent)
  expect(page.data.openType).toBe('getPhoneNumber|agreePrivacyAuthorization')

  wechat.state.needsConsent = false
  await page.onPhone(refused('user deny'))
  await until(() => !page.data.needsConsent)
  expect(page.data.openType).toBe('getPhoneNumber')
})

it('asks for the login code before the tap where WeChat gives encrypted data', async () => {
  const { api, page, wechat } = await openAgreed(({ state }) => {
    state.sdkVersion = '2.21.1'
  })
  await until(() => wechat.state.logins === 1)
  await until(() => page.early)

  await page.onPhone(allowed(DATA))
  expect(api.to(BY_PHONE)).toMatchObject([{ body: { code: 'code-1', ...DATA } }])
  expect(wechat.state.logins).toBe(1)
})

it('asks for it again where it is too old by the time of the tap', async () => {
  const { api, page } = await openAgreed(({ state }) => {
    state.sdkVersion = '2.21.1'
  })
  await until(() => page.early)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 })

  await page.onPhone(allowed(DATA))
  expect(api.to(BY_PHONE)).toMatchObject([{ body: { code: 'code-2', ...DATA } }])
})

it('asks WeChat for no code before a tap that gives one itself', async () => {
  const { page, wechat } = await openAgreed()
  await until(() => page.data.needsConsent)

  expect(wechat.state.logins).toBe(0)
})
