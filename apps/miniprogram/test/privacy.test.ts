import { expect, it, vi } from 'vitest'
import { start } from './support/start'

const load = async () => {
  const running = await start()
  const { createPrivacy, privacy } = await import('../miniprogram/ui/privacy')

  return { ...running, createPrivacy, privacy }
}

it('asks on the page, and passes one consent to all calls that wait', async () => {
  const { launch, attachComponent, wechat } = await load()
  await launch()
  const sheet = await attachComponent('privacy-sheet')
  const [first, second] = [vi.fn(), vi.fn()]
  wechat.emit('privacy', first)
  wechat.emit('privacy', second)
  expect(sheet.data.isOpen).toBe(true)
  expect(first).toHaveBeenCalledWith({ event: 'exposureAuthorization' })

  sheet.onAgree()
  for (const resolve of [first, second]) {
    expect(resolve).toHaveBeenLastCalledWith({ event: 'agree', buttonId: sheet.data.agreeId })
    expect(resolve).toHaveBeenCalledTimes(2)
  }
  expect(sheet.data.isOpen).toBe(false)
})

it('closes on a refusal, and is cooling down for ten seconds', async () => {
  const { createPrivacy } = await load()
  let now = 0
  const privacy = createPrivacy(() => now)
  const screen = vi.fn()
  const resolve = vi.fn()
  privacy.attach(screen)
  privacy.ask(resolve)
  expect(privacy.isCoolingDown()).toBe(false)

  privacy.refuse()
  expect(resolve).toHaveBeenLastCalledWith({ event: 'disagree' })
  expect(screen.mock.calls).toEqual([[true], [false]])
  now = 9999
  expect(privacy.isCoolingDown()).toBe(true)
  now = 10_000
  expect(privacy.isCoolingDown()).toBe(false)
})

it('asks again when consent is needed again, as after a withdrawal', async () => {
  const { createPrivacy } = await load()
  const privacy = createPrivacy()
  const screen = vi.fn()
  privacy.attach(screen)

  privacy.ask(vi.fn())
  privacy.agree('b')
  privacy.ask(vi.fn())
  expect(screen).toHaveBeenLastCalledWith(true)
})

it('answers with a refusal when the page is left, so that WeChat does not wait for ever', async () => {
  const { launch, attachComponent, wechat } = await load()
  await launch()
  const sheet = await attachComponent('privacy-sheet')
  const resolve = vi.fn()
  wechat.emit('privacy', resolve)

  sheet.detach()
  expect(resolve).toHaveBeenLastCalledWith({ event: 'disagree' })
})

it('refuses at once when no page can ask', async () => {
  const { launch, wechat } = await load()
  await launch()
  const resolve = vi.fn()
  wechat.emit('privacy', resolve)

  expect(resolve.mock.calls).toEqual([[{ event: 'disagree' }]])
})

it('explains on the sign-in page why WeChat offers no nickname soon after a refusal', async () => {
  const { openPage, privacy } = await load()
  const page = await openPage('pages/auth/login/login')
  page.onConsentNeeded()
  expect(page.data.hint).toBe('')

  privacy.attach(() => undefined)
  privacy.ask(() => undefined)
  privacy.refuse()
  page.onConsentNeeded()
  expect(page.data.hint).toMatch(/10/)
})
