import { expect, it } from 'vitest'
import { startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

it('renews an ended session silently at start', async () => {
  const api = await startApi()
  const { launch, app, readSession } = await start({
    base: api.base,
    prepare: signedIn(api.base, 'ended'),
  })

  await launch()
  expect(app.globalData.hasLogin).toBe(true)
  await until(() => readSession()?.token === 'token-1')
})

it('does not sign a guest in at start', async () => {
  const api = await startApi()
  const { launch, app, wechat } = await start({ base: api.base })

  await launch()
  expect(app.globalData.hasLogin).toBe(false)
  expect(wechat.state.logins).toBe(0)
})

it('keeps hasLogin and the home page up to date with the session', async () => {
  const api = await startApi()
  const { launch, app, openPage, loginByWeixin, logout } = await start({ base: api.base })
  await launch()
  const home = await openPage('pages/index/index')
  expect(home.data).toMatchObject({ hasLogin: false, nickName: '' })

  await loginByWeixin()
  expect(app.globalData.hasLogin).toBe(true)
  expect(home.data).toMatchObject({ hasLogin: true, nickName: '小明😀' })

  await logout()
  expect(app.globalData.hasLogin).toBe(false)
  expect(home.data.hasLogin).toBe(false)

  home.onUnload()
  const { patches } = home
  await loginByWeixin()
  expect(home.patches).toBe(patches)
})

it('starts on an old WeChat without privacy and update APIs', async () => {
  const { launch, wechat } = await start({
    prepare: ({ state }) => {
      state.canUse = false
      state.scale = undefined
    },
  })

  await launch()
  expect(wechat.state.listeners.size).toBe(0)
})

it.each([
  ['en', ['Home', 'Meetings', 'Votes', 'Me']],
  ['zh_CN', ['首页', '会议', '投票', '我的']],
])('names the tabs in the language %s of WeChat', async (language, tabs) => {
  const { openPage, wechat } = await start({
    prepare: ({ state }) => {
      state.language = language
    },
  })

  await openPage('pages/index/index')
  expect(wechat.state.tabs).toEqual(tabs)
})

it('offers a new version, and remembers a failed download', async () => {
  const { launch, wechat, openPage } = await start()
  await launch()
  wechat.state.modalAnswer = false
  wechat.emit('updateReady')
  expect(wechat.state.modals).toHaveLength(1)

  const page = await openPage('pages/ucenter/settings/settings')
  expect(page.data.update).toBe('ready')
  page.onUpdate()
  expect(wechat.state.isUpdateApplied).toBe(true)

  wechat.emit('updateFailed')
  page.onShow()
  expect(page.data.update).toBe('failed')
})

it.each([
  ['develop', '开发版'],
  ['trial', '体验版'],
  ['release', '1.2.3'],
])('names the version of a %s build', async (env, name) => {
  const { openPage } = await start({
    prepare: ({ state }) => {
      state.env = env
    },
  })

  expect((await openPage('pages/ucenter/settings/settings')).data.version).toBe(name)
})

it.each([
  [undefined, '1'],
  [0.5, '0.9'],
  [1.4, '1.4'],
  [9, '1.75'],
])('turns WeChat’s font scale %s into %s', async (scale, css) => {
  const { openPage } = await start({
    prepare: ({ state }) => {
      state.scale = scale
    },
  })

  expect((await openPage('pages/index/index')).data.rootStyle).toBe(`--scale: ${css}`)
})
