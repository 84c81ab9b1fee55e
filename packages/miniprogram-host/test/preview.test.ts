import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Frame, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { findChromium } from '../src/backends/find-chromium.ts'
import type { Preview, WeChatPlatform } from '../src/index.ts'
import { startPreview } from '../src/index.ts'
import { describeInChromium } from './support/backends.ts'
import { fixture, until } from './support/target.ts'

describeInChromium('the preview in a browser', () => {
  let browser: Browser
  let folder: string
  let preview: Preview
  let page: Page
  let holder: string

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findChromium() ?? '',
      args: ['--no-sandbox'],
    })
  }, 60_000)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    holder = '小明'
    folder = mkdtempSync(join(tmpdir(), 'miniprogram-host-'))
    cpSync(fixture('sign-in'), folder, { recursive: true })
    preview = await startPreview({ projectPath: folder, platform: platform() })
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(preview.url)
    await screen().locator('wx-button.go-login').waitFor()
  }, 60_000)
  afterEach(async () => {
    await page?.close()
    await preview?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const platform = (): WeChatPlatform => ({
    login: async () => ({ code: `code-of-${holder}` }),
    phoneOffer: async () => ({ number: '199****0001' }),
    phoneNumber: async (number = '199****0001') => ({ code: `code-of-${number}` }),
    nickname: async () => holder,
    person: () => holder,
    usePerson: (name) => {
      holder = name
    },
    people: async () => ['小明', '小红'],
  })
  const screen = (): Frame => {
    const frame = page.frames()[1]
    if (!frame) throw new Error('the screen is not there')
    return frame
  }
  const phoneData = () =>
    screen().evaluate('__miniprogramHost.globals.getCurrentPages().at(-1).data.phone')
  const openLogin = async () => {
    await screen().locator('wx-button.go-login').click()
    await screen().locator('wx-input input').waitFor()
  }

  it('responds to mouse and keyboard', async () => {
    await screen().locator('wx-button.go-login').focus()
    await page.keyboard.press('Enter')
    await screen().locator('wx-input input').fill('小明')
    expect(await screen().locator('wx-input input').inputValue()).toBe('小明')
    await screen().locator('header .mph-back').click()
    await screen().locator('wx-button.go-login').waitFor()
  })

  it('offers the user’s WeChat nickname above the keyboard', async () => {
    await openLogin()
    await screen().locator('wx-input input').focus()
    await screen().locator('.mph-nickname-bar', { hasText: holder }).click()
    await expect.poll(() => screen().locator('wx-input input').inputValue()).toBe(holder)
  })

  describe('with the privacy check', () => {
    const run = (code: string) => screen().evaluate(`__miniprogramHost.globals.wx.${code}`)
    const bar = () => screen().locator('.mph-nickname-bar')
    const field = () => screen().locator('wx-input input')

    beforeEach(async () => {
      const config = join(folder, 'app.json')
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
      await bar().filter({ hasText: holder }).click()
      await expect.poll(() => field().inputValue()).toBe(holder)
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
    await page.keyboard.press('Enter')
    await expect.poll(phoneData).toBe('code-of-15612345677')
  })

  it('shows logs, exceptions and requests beside the phone', async () => {
    await openLogin()
    await page.getByText('login opened from home').waitFor()
    await screen().locator('wx-button.break').click()
    await page.getByText('pages/login/login.ts:42:11').waitFor()
  })

  it('shows the path of the page that is open', async () => {
    await page.getByTitle('当前页面').getByText('pages/home/home').waitFor()
    await openLogin()
    await page.getByTitle('当前页面').getByText('pages/login/login').waitFor()
  })

  it('switches the language', async () => {
    await page.getByLabel('语言').selectOption('en')
    const language = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getAppBaseInfo().language')
    await expect.poll(language).toBe('en')
  })

  it('lists the bodies of requests, and those that fail offline', async () => {
    const call = (data: string) =>
      screen().evaluate(
        `__miniprogramHost.globals.wx.request({
          url: '${preview.url}/nowhere', method: 'POST', data: ${data}, fail() {},
        }) && null`,
      )
    await call("{ sent: '小明' }")
    await page.getByText('POST').first().click()
    await page.getByText('→ {"sent":"小明"}').waitFor()
    await page
      .getByText('← this server answers its own page')
      .or(page.getByText('← not found'))
      .waitFor()
    await page.getByLabel('网络').selectOption('none')
    const type = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getNetworkType().then((n) => n.networkType)')
    await expect.poll(type).toBe('none')
    await call('{}')
    await page.getByText('net::ERR_INTERNET_DISCONNECTED').waitFor()
    await page.getByLabel('网络').selectOption('wifi')
  })

  it('says on the phone what fails at the start, until it is fixed', async () => {
    const script = join(folder, 'app.ts')
    const before = readFileSync(script, 'utf8')
    writeFileSync(script, "throw new RangeError('of the app')")
    await page.locator('.fault', { hasText: 'RangeError: of the app' }).waitFor()
    writeFileSync(script, before)
    await expect.poll(() => page.locator('.fault').isVisible()).toBe(false)
  })

  it('lists what the compiler leaves out', async () => {
    writeFileSync(join(folder, 'pages/home/home.wxml'), '<view class="go-login"><no-such></view>')
    writeFileSync(join(folder, 'pages/home/home.wxss'), '.a { color: red')
    await page.getByText('<no-such> is no component').waitFor()
    await page.getByText('has no counterpart; rules around it are lost').waitFor()
    await page.getByText('missing end tag').first().waitFor()
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

  it('keeps a separate storage for each user', async () => {
    const store = (value: string) =>
      screen().evaluate(
        `__miniprogramHost.globals.wx.setStorageSync('of', ${JSON.stringify(value)})`,
      )
    await store('小明')
    await page.getByRole('tab', { name: '存储' }).click()
    await page.getByText('"小明"').waitFor()
    await page.getByLabel('用户').selectOption('小红')
    await page.getByText('还没有存储任何数据').waitFor()
    await page.getByLabel('用户').selectOption('小明')
    await page.getByText('"小明"').waitFor()
    await screen().locator('wx-button.go-login').waitFor()
    await page.getByRole('button', { name: '删除' }).click()
    await page.getByText('还没有存储任何数据').waitFor()
  })

  it('does not send the whole storage for each of many writes', async () => {
    const shell = new WebSocket(`${preview.url.replace('http', 'ws')}/shell`)
    const counts: number[] = []
    shell.on('message', (raw) => {
      const { type, state } = JSON.parse(String(raw))
      if (type === 'state') counts.push(Object.keys(state.storage).length)
    })
    await expect.poll(() => counts.length).toBe(1)
    await screen().evaluate(
      'for (let at = 0; at < 300; at += 1) __miniprogramHost.globals.wx.setStorageSync(String(at), at)',
    )
    await expect.poll(() => counts.at(-1)).toBe(300)
    expect(counts.length).toBeLessThan(100)
    shell.close()
  })

  it('changes the theme, the font size and the network', async () => {
    await page.getByLabel('外观').click()
    await expect.poll(() => page.getByLabel('外观').textContent()).toBe('深色')
    await expect.poll(() => screen().locator('html').getAttribute('data-theme')).toBe('light')
    await page.getByLabel('字号').selectOption('28')
    const info = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getAppBaseInfo().fontSizeSetting')
    await expect.poll(info).toBe(28)
    await page.getByLabel('网络').selectOption('none')
    const network = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getNetworkType().then((n) => n.networkType)')
    await expect.poll(network).toBe('none')
    await page.getByLabel('网络').selectOption('wifi')
    await page.getByLabel('字号').selectOption('16')
  })

  it('reloads the app on the current page when a file changes', async () => {
    const template = join(folder, 'pages/login/login.wxml')
    await openLogin()
    writeFileSync(template, '<view class="changed">改好了</view>')
    await expect
      .poll(() => page.frames()[1]?.locator('.changed').count(), { timeout: 5000 })
      .toBe(1)
  })

  it('shows a compile error until it is fixed', async () => {
    const config = join(folder, 'app.json')
    const before = readFileSync(config, 'utf8')
    writeFileSync(config, '{ "pages": [,] }')
    await page.getByText('app.json:1:13').waitFor()
    writeFileSync(config, before)
    await expect.poll(() => page.locator('.fault').isVisible()).toBe(false)
    expect(await until(() => preview.compileError() === null)).toBe(true)
  })
})
