import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeOnBackends } from './support/backends.ts'
import type { OpenPage, PageElement, Target } from './support/target.ts'
import { fixture, openTarget, until } from './support/target.ts'

/** The fixture with TDesign where "build npm" of DevTools would put it. */
const buildProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'miniprogram-host-'))
  cpSync(fixture('tdesign'), folder, { recursive: true })
  mkdirSync(join(folder, 'miniprogram_npm'))
  const tdesign = createRequire(import.meta.url).resolve('tdesign-miniprogram/package.json')
  symlinkSync(
    join(dirname(tdesign), 'miniprogram_dist'),
    join(folder, 'miniprogram_npm/tdesign-miniprogram'),
  )
  return folder
}

describeOnBackends('TDesign', (backend) => {
  let folder: string
  let target: Target
  let page: OpenPage

  beforeAll(async () => {
    folder = buildProject()
    target = await openTarget(folder, { backend })
  }, 60_000)
  afterAll(async () => {
    await target?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    page = await target.go('reLaunch', '/pages/gallery/gallery')
  })

  /** An element inside a component, through as many components as there are selectors. */
  const inside = async (...selectors: string[]): Promise<PageElement> => {
    let found: OpenPage | PageElement = page
    for (const selector of selectors) {
      const next: PageElement | null = await found.$(selector)
      if (!next) throw new Error(`no ${selector} in ${selectors.join(' / ')}`)
      found = next
    }
    return found as PageElement
  }

  it('renders buttons that respond to a tap', async () => {
    expect(await (await inside('.button')).text()).toBe('按钮')
    await (await inside('.button', 'button')).tap()
    expect(await page.data('taps')).toBe(1)
  })

  it('renders a cell that responds to a tap', async () => {
    expect(await (await inside('.cell')).text()).toContain('单元格')
    await (await inside('.cell', '.t-cell')).tap()
    expect(await page.data('cells')).toBe(1)
  })

  it('accepts text in an input', async () => {
    await (await inside('.input', 'input')).input('小明')
    expect(await page.data('text')).toBe('小明')
  })

  it('renders an avatar', async () => {
    expect(await (await inside('.avatar')).text()).toBe('王')
  })

  it.each([
    ['.t-dialog__button--confirm', 'confirm'],
    ['.t-dialog__button--cancel', 'cancel'],
  ])('opens a dialog and receives its %s event', async (selector, answer) => {
    await (await inside('.open-dialog', 'button')).tap()
    const button = await until(async () => (await page.$('.dialog'))?.$(selector))
    await (await button?.$('button'))?.tap()
    expect(await until(() => page.data('dialogAnswer'))).toBe(answer)
  })

  it('shows a toast', async () => {
    await (await inside('.open-toast', 'button')).tap()
    expect(await until(async () => (await inside('#toast')).text())).toContain('保存成功')
  })

  it('switches tabs by a tap', async () => {
    await until(async () => (await (await inside('.tabs')).$$('.t-tabs__item')).length === 2)
    const [, second] = await (await inside('.tabs')).$$('.t-tabs__item')
    await second?.tap()
    expect(await until(async () => (await page.data('tab')) === '1')).toBe(true)
  })

  it('opens a popup and closes it by its overlay', async () => {
    await (await inside('.open-popup', 'button')).tap()
    await until(() => page.$('.popup-content'))
    expect(await (await inside('.popup-content')).text()).toBe('弹层内容')
    const overlay = await until(async () => await (await inside('.popup')).$('#popup-overlay'))
    await (await overlay?.$('.t-overlay'))?.tap()
    expect(await until(async () => (await page.data('popup')) === false)).toBe(true)
  })

  it('moves a swiper', async () => {
    await (await inside('.swiper', 'swiper')).swipeTo(2)
    expect(await until(async () => (await page.data('slide')) === 2)).toBe(true)
  })

  it('validates a form when it is submitted', async () => {
    await (await inside('.submit', 'button')).tap()
    expect(await until(() => page.data('validated'))).toContain('请填写姓名')
    await (await inside('.name', 'input')).input('小明')
    await (await inside('.submit', 'button')).tap()
    expect(await until(async () => (await page.data('validated')) === 'true')).toBe(true)
  })

  it('adds a picture to an upload', async () => {
    await (await inside('.upload', '.t-upload__add-icon')).tap()
    await until(async () => {
      const { dialogs } = (await target.host.send('Host.getUi')) as { dialogs: unknown[] }
      return dialogs.length > 0
    })
    await target.program.native().authorizeAllow()
    expect(await until(async () => ((await page.data('files')) as unknown[]).length)).toBe(1)
  })

  it('throws no exception in the tests above', () => {
    expect(target.exceptions).toEqual([])
  })
})
