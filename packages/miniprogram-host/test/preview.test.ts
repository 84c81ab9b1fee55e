import { expect, it } from 'vitest'
import WebSocket from 'ws'
import { describeInChromium } from './support/backends.ts'
import { usePreview } from './support/use-preview.ts'

describeInChromium('the preview in a browser', () => {
  const { openLogin, page, preview, screen } = usePreview()

  it('shows logs, exceptions and requests beside the phone', async () => {
    await openLogin()
    await page().getByText('login opened from home').waitFor()
    await screen().locator('wx-button.break').click()
    await page().getByText('pages/login/login.ts:42:11').waitFor()
  })

  it('shows the path of the page that is open', async () => {
    await page().getByTitle('当前页面').getByText('pages/home/home').waitFor()
    await openLogin()
    await page().getByTitle('当前页面').getByText('pages/login/login').waitFor()
  })

  it('switches the language', async () => {
    await page().getByLabel('语言').selectOption('en')
    const language = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getAppBaseInfo().language')
    await expect.poll(language).toBe('en')
  })

  it('lists the bodies of requests, and those that fail offline', async () => {
    const call = (data: string) =>
      screen().evaluate(
        `__miniprogramHost.globals.wx.request({
          url: '${preview().url}/nowhere', method: 'POST', data: ${data}, fail() {},
        }) && null`,
      )
    await call("{ sent: '小明' }")
    await page().getByText('POST').first().click()
    await page().getByText('→ {"sent":"小明"}').waitFor()
    await page()
      .getByText('← this server answers its own page')
      .or(page().getByText('← not found'))
      .waitFor()
    await page().getByLabel('网络').selectOption('none')
    const type = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getNetworkType().then((n) => n.networkType)')
    await expect.poll(type).toBe('none')
    await call('{}')
    await page().getByText('net::ERR_INTERNET_DISCONNECTED').waitFor()
    await page().getByLabel('网络').selectOption('wifi')
  })

  it('keeps a separate storage for each user', async () => {
    const store = (value: string) =>
      screen().evaluate(
        `__miniprogramHost.globals.wx.setStorageSync('of', ${JSON.stringify(value)})`,
      )
    await store('小明')
    await page().getByRole('tab', { name: '存储' }).click()
    await page().getByText('"小明"').waitFor()
    await page().getByLabel('用户').selectOption('小红')
    await page().getByText('还没有存储任何数据').waitFor()
    await page().getByLabel('用户').selectOption('小明')
    await page().getByText('"小明"').waitFor()
    await screen().locator('wx-button.go-login').waitFor()
    await page().getByRole('button', { name: '删除' }).click()
    await page().getByText('还没有存储任何数据').waitFor()
  })

  it('does not send the whole storage for each of many writes', async () => {
    const shell = new WebSocket(`${preview().url.replace('http', 'ws')}/shell`)
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
    await page().getByLabel('外观').click()
    await expect.poll(() => page().getByLabel('外观').textContent()).toBe('深色')
    await expect.poll(() => screen().locator('html').getAttribute('data-theme')).toBe('light')
    await page().getByLabel('字号').selectOption('28')
    const info = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getAppBaseInfo().fontSizeSetting')
    await expect.poll(info).toBe(28)
    await page().getByLabel('网络').selectOption('none')
    const network = () =>
      screen().evaluate('__miniprogramHost.globals.wx?.getNetworkType().then((n) => n.networkType)')
    await expect.poll(network).toBe('none')
    await page().getByLabel('网络').selectOption('wifi')
    await page().getByLabel('字号').selectOption('16')
  })
})
