import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import type { Instance } from './support/start'
import { openSignedIn, start } from './support/start'
import { until } from './support/until'
import type { Wechat } from './support/wechat'

const PAGE = 'pages/ucenter/reminders/reminders'
const CONSENTS = '/wx/notice/consents'
const tapOn = (id: string) => ({ currentTarget: { dataset: { id } } })
const counted = (left: number, countedBy = 'wechat') =>
  ok({
    templates: [
      { kind: 'new_device', id: 'T1', left },
      { kind: 'starting', id: 'T2', left: 0 },
    ],
    countedBy,
  })

const open = async (
  countedBy: 'wechat' | 'client' = 'wechat',
  prepare: (wechat: Wechat) => void = () => {},
) => {
  const api = await startApi()
  api.answers[CONSENTS] = counted(0, countedBy)
  const opened = await openSignedIn(api, PAGE, prepare)
  await until(() => opened.page.data.isLoaded)

  return opened
}
const shown = (page: Instance) =>
  page.data.reminders.map(({ left, action }: Record<string, string>) => [left, action])

it('says of each configured kind what it is, and how many reminders are left', async () => {
  const { api, page } = await open()
  expect(page.data.reminders).toMatchObject([
    { name: '新设备登录', left: '还没有开启', action: '开启提醒', isRefused: false },
    { name: '会议开始', left: '还没有开启' },
  ])

  api.answers[CONSENTS] = counted(2)
  await page.onRetry()
  expect(shown(page)[0]).toEqual(['还能提醒你 2 次', '再加一次'])
})

it('asks WeChat in the very tap, for the one kind that was tapped', async () => {
  const { page, wechat } = await open()
  const answering = page.onAllow(tapOn('T2'))
  expect(wechat.state.subscribed).toEqual([['T2']])
  // A second tap while the sheet is open.
  await page.onAllow(tapOn('T1'))
  await answering

  expect(wechat.state.subscribed).toEqual([['T2']])
})

it('waits until WeChat has told the server, and claims nothing itself', async () => {
  const { api, page, wechat } = await open()
  let asked = 0
  api.script(({ path }) => {
    if (path !== CONSENTS) return undefined
    asked += 1
    return counted(asked < 3 ? 0 : 1)
  })

  await page.onAllow(tapOn('T1'))

  expect(api.to(CONSENTS).filter(({ method }) => method === 'POST')).toEqual([])
  expect(shown(page)[0]).toEqual(['还能提醒你 1 次', '再加一次'])
  expect(wechat.state.toasts.at(-1)).toBe('已开启，会提醒你一次')
})

it('says that the number comes later when WeChat takes long', async () => {
  const { page, wechat } = await open()

  await page.onAllow(tapOn('T1'))

  expect(wechat.state.toasts.at(-1)).toBe('已同意，次数稍后更新')
  expect(shown(page)[0]?.[0]).toBe('还没有开启')
})

it('reports what was accepted where the server counts by reports', async () => {
  const { api, page, wechat } = await open('client')
  api.script(({ path, method }) =>
    path === CONSENTS && method === 'POST' ? counted(1, 'client') : undefined,
  )

  await page.onAllow(tapOn('T1'))

  expect(api.to(CONSENTS).at(-1)).toMatchObject({ method: 'POST', body: { accepted: ['T1'] } })
  expect(wechat.state.toasts.at(-1)).toBe('已开启，会提醒你一次')
})

it('keeps what it could not report, and reports it once at the next try', async () => {
  const { api, page } = await open('client')
  api.script(({ path }) => (path === CONSENTS ? failed(500, 502) : undefined))
  await page.onAllow(tapOn('T1'))
  expect(page.data.failure).toMatchObject({ errno: 502 })
  const reports = () => api.to(CONSENTS).filter(({ method }) => method === 'POST').length
  const before = reports()

  api.script(({ path, method }) =>
    path === CONSENTS && method === 'POST' ? counted(1, 'client') : undefined,
  )
  await page.onRetry()
  expect(page.data).toMatchObject({ failure: null })
  expect(shown(page)[0]?.[0]).toBe('还能提醒你 1 次')
  await page.onRetry()
  expect(reports()).toBe(before + 1)
})

it.each([
  ['reject', '你没有同意，不会收到这类提醒'],
  ['ban', '这类提醒暂时不可用'],
  ['filter', '这类提醒暂时不可用'],
  [20005, '这类提醒暂时不可用'],
  [10002, '请求失败，请再试一次'],
])('says what an answer of %s means, and tells the server nothing', async (answer, text) => {
  const { api, page, wechat } = await open('client', ({ state }) => {
    state.subscribe = answer
  })
  await page.onAllow(tapOn('T1'))

  expect(wechat.state.toasts.at(-1)).toBe(text)
  expect(api.to(CONSENTS).every(({ method }) => method === 'GET')).toBe(true)
})

it('shows the way to the settings after a refusal for good, and back', async () => {
  const { page, wechat } = await open()
  wechat.state.subscribe = 'reject'
  wechat.state.subscriptions = { mainSwitch: true, itemSettings: { T1: 'reject', T2: 'accept' } }
  await page.onAllow(tapOn('T1'))
  expect(page.data.reminders).toMatchObject([{ isRefused: true }, { isRefused: false }])

  wechat.state.subscriptions = { mainSwitch: true, itemSettings: { T1: 'accept' } }
  await page.onSettings()
  expect(wechat.state.moves.at(-1)).toBe('openSetting')
  expect(page.data.reminders).toMatchObject([{ isRefused: false }, { isRefused: false }])
})

it('says when all messages are switched off in WeChat', async () => {
  const { page, wechat } = await open()
  wechat.state.subscribe = 20004
  wechat.state.subscriptions = { mainSwitch: false }
  await page.onAllow(tapOn('T1'))

  expect(page.data.isOff).toBe(true)
  wechat.state.subscriptions = null
  await page.onSettings()
  expect(wechat.state.toasts.at(-1)).toContain('打不开设置')
})

it('explains that there is nothing to turn on without templates', async () => {
  const api = await startApi()
  const { page } = await openSignedIn(api, PAGE)
  await until(() => page.data.isLoaded)

  expect(page.data).toMatchObject({ reminders: [], isOff: false, failure: null })
})

it('asks to update a WeChat that knows no subscriptions', async () => {
  const { page, wechat } = await open('wechat', ({ state }) => {
    state.canUse = false
  })
  await page.onAllow(tapOn('T1'))

  expect(wechat.state.subscribed).toEqual([])
  expect(wechat.state.toasts.at(-1)).toContain('版本过低')
})

it('leaves out a kind that only a newer server knows', async () => {
  const { api, page } = await open()
  api.answers[CONSENTS] = ok({
    templates: [{ kind: 'of_tomorrow', id: 'T9', left: 1 }],
    countedBy: 'wechat',
  })
  await page.onRetry()

  expect(page.data.reminders).toEqual([])
})

it('shows why it could not load, and loads when the user tries again', async () => {
  const { api, page } = await open()
  api.answers[CONSENTS] = failed(500, 502)
  await page.onRetry()
  expect(page.data.failure).toMatchObject({ errno: 502 })

  api.answers[CONSENTS] = counted(1)
  await page.onRetry()
  expect(page.data.failure).toBeNull()
})

it('sends no request for a guest, and can be opened from the personal centre', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(PAGE)
  page.onSignIn()
  const centre = await openPage('pages/ucenter/index/index')
  centre.onReminders()

  expect(api.calls).toEqual([])
  expect(page.data.hasLogin).toBe(false)
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login', `navigateTo /${PAGE}`])
})

it('changes nothing on a page that was left while WeChat was asked', async () => {
  const { page } = await open()
  const answering = page.onAllow(tapOn('T1'))
  page.onUnload()
  const { patches } = page
  await answering

  expect(page.patches).toBe(patches)
})
