import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { describeInChromium } from './support/backends.ts'
import { usePreview } from './support/use-preview.ts'

describeInChromium('the phone of the preview', () => {
  const { file, holder, openLogin, page, screen } = usePreview()

  const phoneData = () =>
    screen().evaluate('__miniprogramHost.globals.getCurrentPages().at(-1).data.phone')

  it('responds to mouse and keyboard', async () => {
    await screen().locator('wx-button.go-login').focus()
    await page().keyboard.press('Enter')
    await screen().locator('wx-input input').fill('小明')
    expect(await screen().locator('wx-input input').inputValue()).toBe('小明')
    await screen().locator('header .mph-back').click()
    await screen().locator('wx-button.go-login').waitFor()
  })

  it('offers the user’s WeChat nickname above the keyboard', async () => {
    await openLogin()
    await screen().locator('wx-input input').focus()
    await screen().locator('.mph-nickname-bar', { hasText: holder() }).click()
    await expect.poll(() => screen().locator('wx-input input').inputValue()).toBe(holder())
  })

  describe('with the privacy check', () => {
    const run = (code: string) => screen().evaluate(`__miniprogramHost.globals.wx.${code}`)
    const bar = () => screen().locator('.mph-nickname-bar')
    const field = () => screen().locator('wx-input input')

    beforeEach(async () => {
      const config = file('app.json')
      const app = JSON.parse(readFileSync(config, 'utf8'))
      writeFileSync(config, JSON.stringify({ ...app, __usePrivacyCheck__: true }))
      const needs = async () =>
        run('getPrivacySetting().then((setting) => setting.needAuthorization)').catch(() => false)
      await expect.poll(needs, { timeout: 5000 }).toBe(true)
      await openLogin()
    })

    it('offers the nickname only after the user agrees in the app’s own sheet', async () => {
      await run('onNeedPrivacyAuthorization((resolve) => { globalThis.decide = resolve })')
      await field().click()
      await expect.poll(() => screen().evaluate('typeof decide')).toBe('function')
      expect(await bar().count()).toBe(0)
      await field().pressSequentially('小')
      expect(await field().inputValue()).toBe('小')
      await screen().evaluate("decide({ event: 'agree' })")
      await bar().filter({ hasText: holder() }).click()
      await expect.poll(() => field().inputValue()).toBe(holder())
    })

    it('does not offer it over WeChat’s sheet or after a refusal', async () => {
      await field().click()
      await screen().getByRole('dialog').getByText('拒绝').waitFor()
      expect(await bar().count()).toBe(0)
      await screen().getByRole('dialog').getByText('拒绝').click()
      await field().click()
      await field().pressSequentially('小红')
      expect(await bar().count()).toBe(0)
    })
  })

  it('shows the sheets for phone number and avatar', async () => {
    await openLogin()
    await screen().locator('wx-button.phone').click()
    await screen().getByText('199****0001').waitFor()
    await screen().getByRole('dialog').getByText('允许').click()
    await expect.poll(phoneData).toBe('code-of-199****0001')
    await screen().locator('wx-button.phone').click()
    await screen().getByRole('dialog').getByText('拒绝').click()
    await expect.poll(phoneData).toBe('getPhoneNumber:fail user deny')
    await screen().locator('#avatar-button').click()
    await screen().getByRole('dialog').getByText('用微信头像').click()
    await expect
      .poll(() => screen().locator('wx-image img').first().getAttribute('src'))
      .toMatch(/^data:image/)
  })

  it('accepts another number in the phone sheet once it is valid', async () => {
    await openLogin()
    await screen().locator('wx-button.phone').click()
    await screen().getByText('使用其他号码').click()
    await screen().getByLabel('其他手机号').fill('156')
    await screen().getByRole('dialog').getByText('允许').click()
    await screen().getByLabel('其他手机号').fill('15612345677')
    await page().keyboard.press('Enter')
    await expect.poll(phoneData).toBe('code-of-15612345677')
  })

  it('asks for a permission in WeChat’s words', async () => {
    await screen().evaluate(
      "__miniprogramHost.globals.wx.authorize({ scope: 'scope.userLocation', fail() {} })",
    )
    const sheet = screen().getByRole('dialog')
    await sheet.getByText('获取你的位置信息').waitFor()
    await sheet.locator('.mph-applicant', { hasText: '申请' }).waitFor()
    await sheet.getByText('拒绝').click()
  })
})
