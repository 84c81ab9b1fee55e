import { expect, it } from 'vitest'
import { BIND, CENTRE, CODE, openPhone, PHONE } from './support/phone-page'
import { until } from './support/until'

it('shows the number in the personal centre at once, before that loads again', async () => {
  const { api, openPage, wechat } = await openPhone()
  const centre = await openPage(CENTRE)
  await until(() => centre.data.isLoaded)
  expect(centre.data.mobile).toBe('')
  centre.onPhone()
  expect(wechat.state.moves.at(-1)).toBe('navigateTo /pages/ucenter/phone/phone')
  const page = await openPage(PHONE)
  await until(() => page.data.isLoaded)
  const asked = api.to('/wx/user/index').length

  await page.onPhone(CODE)
  expect(centre.data.mobile).toBe('156******77')
  expect(api.to('/wx/user/index')).toHaveLength(asked)
})

it('changes nothing after the page was closed, but the personal centre shows the number', async () => {
  const { api, openPage, wechat } = await openPhone()
  const centre = await openPage(CENTRE)
  centre.onPhone()
  const page = await openPage(PHONE)
  await until(() => page.data.isLoaded)
  const before = wechat.state.moves.length
  let patches = 0
  api.script(({ path }) => {
    if (path === BIND) {
      page.onUnload()
      patches = page.patches
    }
    return undefined
  })

  await page.onPhone(CODE)
  expect(page.patches).toBe(patches)
  expect(wechat.state.moves).toHaveLength(before)
  expect(wechat.state.toasts).toEqual([])
  expect(centre.data.mobile).toBe('156******77')
})

it('keeps a number that was just bound when an older request is answered after that', async () => {
  const { api, openPage, wechat } = await openPhone()
  const page = await openPage(CENTRE)
  await until(() => page.data.isLoaded)
  expect(page.data.mobile).toBe('')
  page.onPhone()
  expect(wechat.state.moves.at(-1)).toBe('navigateTo /pages/ucenter/phone/phone')
  const { bound } = wechat.state.openerEvents
  api.script(({ path }) => {
    if (path === '/wx/user/index') bound?.('156******77')
    return undefined
  })
  await page.onRetry()
  expect(page.data.mobile).toBe('156******77')

  api.script(() => undefined)
  await page.onRetry()
  expect(page.data.mobile).toBe('')
})
