import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describeInChromium } from './support/backends.ts'
import { until } from './support/target.ts'
import { usePreview } from './support/use-preview.ts'

describeInChromium('a change of the project in the preview', () => {
  const { file, openLogin, page, preview } = usePreview()

  it('says on the phone what fails at the start, until it is fixed', async () => {
    const script = file('app.ts')
    const before = readFileSync(script, 'utf8')
    writeFileSync(script, "throw new RangeError('of the app')")
    await page().locator('.fault', { hasText: 'RangeError: of the app' }).waitFor()
    writeFileSync(script, before)
    await expect.poll(() => page().locator('.fault').isVisible()).toBe(false)
  })

  it('lists what the compiler leaves out', async () => {
    writeFileSync(file('pages/home/home.wxml'), '<view class="go-login"><no-such></view>')
    writeFileSync(file('pages/home/home.wxss'), '.a { color: red')
    await page().getByText('<no-such> is no component').waitFor()
    await page().getByText('has no counterpart; rules around it are lost').waitFor()
    await page().getByText('missing end tag').first().waitFor()
  })

  it('reloads the app on the current page when a file changes', async () => {
    const template = file('pages/login/login.wxml')
    await openLogin()
    writeFileSync(template, '<view class="changed">改好了</view>')
    await expect
      .poll(() => page().frames()[1]?.locator('.changed').count(), { timeout: 5000 })
      .toBe(1)
  })

  it('shows a compile error until it is fixed', async () => {
    const config = file('app.json')
    const before = readFileSync(config, 'utf8')
    writeFileSync(config, '{ "pages": [,] }')
    await page().getByText('app.json:1:13').waitFor()
    writeFileSync(config, before)
    await expect.poll(() => page().locator('.fault').isVisible()).toBe(false)
    expect(await until(() => preview().compileError() === null)).toBe(true)
  })
})
