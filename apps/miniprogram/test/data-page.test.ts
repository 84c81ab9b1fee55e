import { expect, it } from 'vitest'
import { failed, startApi } from './support/api'
import { DATA, HERE, KEPT, openData, READ } from './support/data-page'
import { start } from './support/start'

const stored = (storage: Map<string, string>) => [...storage.entries()].join()

it('sends no request before a tap, and shows all groups afterwards', async () => {
  const { api, page } = await openData()
  expect(api.calls).toEqual([])
  expect(page.data).toMatchObject({ hasLogin: true, isLoaded: false, loading: false })

  await page.onView()
  expect(api.to(READ)).toMatchObject([{ method: 'GET', token: 'token-0' }])
  expect(page.data).toMatchObject({ isLoaded: true, loading: false, failure: null })
  const values = [...page.data.account, ...page.data.phone].map(({ value }) => value)
  expect(values).toEqual(expect.arrayContaining(['小明😀', 'oAbC-openid', '+86 15612345677']))
  expect(page.data.devices).toMatchObject([{ name: 'iPhone 15', current: true }])
  expect(page.data.activity).toMatchObject([{ name: '登录' }])
})

it('shows what every company keeps, and leaves out what it does not', async () => {
  const nothing = { title: '', department: null, phoneLast4: null, decidedAt: null, leftAt: null }
  const { page } = await openData({
    ...KEPT,
    memberships: [
      {
        ...nothing,
        orgName: '青禾科技',
        id: '01938a5e-7c1d-7000-8000-00000000000a',
        state: 'refused',
        role: 'member',
        name: '李明',
        reason: '请用真实姓名',
        requestedAt: HERE.createdAt,
        joinedAt: null,
      },
    ],
  })
  await page.onView()

  expect(page.data.memberships).toMatchObject([{ orgName: '青禾科技' }])
  const names = page.data.memberships[0].fields.map(({ name }: { name: string }) => name)
  expect(names).toEqual(['状态', '角色', '姓名', '原因', '申请时间', '成员编号'])
})

it('shows which agreement the user agreed to, and when', async () => {
  const agreements = ['2027-01-01', '2026-11-30'].map((version) => ({
    version,
    agreedAt: HERE.createdAt,
  }))
  const { page } = await openData({ ...KEPT, agreements })
  await page.onView()

  const [shown] = page.data.account.filter(({ name }: { name: string }) => name === '用户协议')
  expect(shown.value).toMatch(/^2027-01-01 版，同意于 .*\n2026-11-30 版，同意于 .*$/)
})

it('shows that it loads for as long as it does, and sends one request', async () => {
  const { api, page } = await openData()
  const first = page.onView()
  expect(page.data.loading).toBe(true)
  await Promise.all([first, page.onView()])

  expect(api.to(READ)).toHaveLength(1)
  expect(page.data.loading).toBe(false)
})

it('leaves out what is not kept, and shows why a session ended', async () => {
  const gone = { ...HERE, id: '2', deviceName: '', current: false }
  const { page } = await openData({
    ...KEPT,
    account: { ...KEPT.account, phone: null, phoneBoundAt: null, gender: 2 },
    sessions: [
      { ...gone, endedAt: '2026-11-20T09:00:00.000Z', endedReason: 'logout' },
      { ...gone, id: '3', endedAt: '2026-11-20T09:00:00.000Z', endedReason: 'a_new_one' },
      { ...gone, id: '4', expiresAt: '2020-01-01T00:00:00.000Z' },
      HERE,
    ],
    events: [{ at: HERE.createdAt, kind: 'a_new_one', outcome: 'UNLOGIN', ip: '', userAgent: '' }],
    eventsComplete: false,
  })
  await page.onView()

  expect(page.data.phone).toEqual([{ name: '手机号', value: '没有绑定手机号' }])
  expect(page.data.account).toContainEqual({ name: '性别', value: '女' })
  const states = page.data.devices.map(({ texts }: { texts: string[] }) => texts.at(-1))
  expect(states[0]).toBe('登录中')
  expect(states[1]).toMatch(/^结束于 .*（退出登录）$/)
  expect(states[2]).toMatch(/^结束于 [^（]*$/)
  expect(states[3]).toBe('已过期')
  expect(page.data.devices[1].name).toBe('未知设备')
  expect(page.data.activity[0].name).toBe('a_new_one')
  expect(page.data.activity[0].text).toContain('UNLOGIN')
  expect(page.data.moreActivity).toBe('更早的活动没有列出')
})

it('shows twenty events of many, and how many more the copy has', async () => {
  const [event] = KEPT.events
  const events = Array.from({ length: 25 }, () => ({ ...event })) as typeof KEPT.events
  const { page } = await openData({ ...KEPT, events })
  await page.onView()

  expect(page.data.activity).toHaveLength(20)
  expect(page.data.moreActivity).toContain('5')
})

it('copies everything as JSON, and warns that it is personal', async () => {
  const { page, wechat } = await openData()
  await page.onCopy()
  expect(wechat.state.clipboard).toBe('')
  await page.onView()
  await page.onCopy()

  expect(JSON.parse(wechat.state.clipboard)).toEqual(KEPT)
  expect(wechat.state.toasts).toEqual([expect.stringContaining('个人信息')])
})

it.each([
  [104, /隐私保护指引/],
  [1, /复制失败/],
])('shows that WeChat did not copy (%i)', async (errno, text) => {
  const { page, wechat } = await openData()
  await page.onView()
  wechat.state.clipboardErrno = errno
  await page.onCopy()

  expect(wechat.state.toasts.at(-1)).toMatch(text)
})

it('renews silently and once when a fresh sign-in is required (715)', async () => {
  const { api, page, wechat } = await openData()
  api.script(({ path, token }) =>
    path === READ && token === 'token-0' ? failed(401, 715) : undefined,
  )
  await page.onView()

  expect(api.to(READ).map(({ token }) => token)).toEqual(['token-0', 'token-1'])
  expect(wechat.state.logins).toBe(1)
  expect(page.data).toMatchObject({ isLoaded: true, failure: null })
})

it('shows that the server allows few requests an hour, and counts the wait in minutes', async () => {
  const { api, page, attachComponent } = await openData()
  api.script(() => failed(429, 706, { 'Retry-After': '700' }))
  await page.onView()

  expect(page.data).toMatchObject({ isLoaded: false, failure: { errno: 706, retryAfter: 700 } })
  const card = await attachComponent('failure-card')
  card.set({ failure: page.data.failure })
  expect(card.data.retry).toBe('请在 12 分钟后重试')
  card.detach()
})

it('stores none of the data', async () => {
  const { page, wechat } = await openData()
  await page.onView()
  await page.onCopy()

  expect(stored(wechat.state.storage)).not.toMatch(/15612345677|oAbC|0b9f5e0a|192\.0\.2/)
})

it.each(['onHide', 'onUnload'])('drops everything when the page is left (%s)', async (leave) => {
  const { page, wechat } = await openData()
  await page.onView()
  page[leave]()

  expect(page.data).toMatchObject({ isLoaded: false, account: [], phone: [], devices: [] })
  expect(JSON.stringify(page.data)).not.toMatch(/15612345677|oAbC/)
  await page.onCopy()
  expect(wechat.state.clipboard).toBe('')
})

it('drops everything when the session ends', async () => {
  const { page, forgetSession } = await openData()
  await page.onView()
  forgetSession()

  expect(page.data).toMatchObject({ hasLogin: false, isLoaded: false, account: [], activity: [] })
})

it('does not show an answer that arrives after the page was left', async () => {
  const { api, page } = await openData()
  api.script(({ path }) => {
    if (path === READ) page.onHide()
    return undefined
  })
  await page.onView()

  expect(page.data).toMatchObject({ isLoaded: false, account: [], loading: false })
})

it('sends no request for a guest, and offers to sign in', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(DATA)
  await page.onView()

  expect(page.data.hasLogin).toBe(false)
  expect(api.calls).toEqual([])
  page.onSignIn()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('can be opened from the settings', async () => {
  const { openPage, wechat } = await openData()
  const settings = await openPage('pages/ucenter/settings/settings')
  settings.onOwnData()

  expect(wechat.state.moves).toEqual(['navigateTo /pages/ucenter/data/data'])
})
