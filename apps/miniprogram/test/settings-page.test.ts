import { expect, it } from 'vitest'
import { startApi } from './support/api'
import { signedIn, start } from './support/start'

const PAGE = 'pages/ucenter/settings/settings'

const openSettings = async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await running.openPage(PAGE)

  return { api, page, ...running }
}

it('signs out and leaves nothing of the user on the phone', async () => {
  const { page, api, wechat } = await openSettings()
  expect(page.data.hasLogin).toBe(true)

  await page.onLogout()
  expect(api.to('/wx/auth/logout')).toHaveLength(1)
  expect(page.data.hasLogin).toBe(false)
  expect([...wechat.state.storage.keys()]).toEqual([])
})

it('says so when it could sign out on this device only', async () => {
  const { page, api, wechat } = await openSettings()
  api.script(() => 'cut')

  await page.onLogout()
  expect(page.data.hasLogin).toBe(false)
  expect(wechat.state.toasts.at(-1)).toContain('本机已退出')
})

it('clears what can be loaded again, after a confirmation, and keeps the session', async () => {
  const { page, wechat } = await openSettings()
  wechat.state.modalAnswer = false
  await page.onClearCache()
  expect(wechat.state.storage.has('userInfo')).toBe(true)

  wechat.state.modalAnswer = true
  await page.onClearCache()
  expect(wechat.state.storage.has('userInfo')).toBe(false)
  expect(wechat.state.storage.get('token')).toBe('"token-0"')
})

it('leads to own data and to closing the account', async () => {
  const { page, wechat } = await openSettings()
  page.onOwnData()
  page.onCloseAccount()

  expect(wechat.state.moves).toEqual([
    'navigateTo /pages/ucenter/data/data',
    'navigateTo /pages/ucenter/data/data?part=close',
  ])
})
