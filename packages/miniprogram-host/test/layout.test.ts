import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMPONENT_STYLES, SCREEN_STYLES } from '../src/runtime/view/dom/styles.ts'
import { describeInChromium } from './support/backends.ts'
import { onePage } from './support/project.ts'
import type { Target } from './support/target.ts'
import { fixture, openForTest, openTarget } from './support/target.ts'

/** WeChat's own class names, which an app may restyle. */
const WECHAT_CLASSES = ['button-hover', 'navigator-hover']
const LOOK =
  'position display padding margin color background-color border-width border-radius font-size text-align overflow'.split(
    ' ',
  )
const PNG = 'iVBORw0KGgo'

describeInChromium('layout', () => {
  let target: Target

  beforeAll(async () => {
    target = await openTarget(fixture('sign-in'), { backend: 'chromium' })
  }, 60_000)
  afterAll(() => target?.close())

  it('measures elements in CSS pixels of the page', async () => {
    const button = await target.find('.go-login')
    expect(await button.size()).toEqual({ width: 184, height: 40 })
    const home = await target.find('.home')
    expect(await home.offset()).toEqual({ left: 0, top: 0 })
    expect(await (await target.page()).size()).toEqual({ width: 375, height: 724 })
  })

  it('computes styles, with rpx relative to the screen’s width and class names scoped to components', async () => {
    expect(await (await target.find('.go-login')).style('background-color')).toBe('rgb(7, 193, 96)')
    expect(await (await target.find('.home')).style('padding-left')).toBe('16px')
    await target.program.callWxMethod('setStorageSync', 'person', { nickname: '小明', avatar: '' })
    await target.go('reLaunch', '/pages/home/home')
    const card = await target.find('person-card')
    expect(await (await card.$('.card'))?.style('border-radius')).toBe('8px')
  })

  it('draws the old components for an app without "style": "v2"', async () => {
    const wxml =
      '<button class="plain">a</button><button class="primary" type="primary">b</button>' +
      '<button class="mini" size="mini">c</button>'
    const app = await openForTest(onePage('{}', wxml), { backend: 'chromium' })
    const plain = await app.find('.plain')
    expect((await plain.size()).width).toBe(375)
    expect(await plain.style('font-size')).toBe('18px')
    expect(await plain.style('background-color')).toBe('rgb(248, 248, 248)')
    expect(await (await app.find('.primary')).style('background-color')).toBe('rgb(26, 173, 25)')
    expect(await (await app.find('.mini')).style('font-size')).toBe('13px')
  })

  it('lets the app’s own styles win over the old look', async () => {
    const app = await openForTest(
      onePage('{}', '<button class="own" type="primary">a</button>', {
        'pages/a/a.wxss': '.own { width: 100px; font-size: 14px }',
      }),
      { backend: 'chromium' },
    )
    const own = await app.find('.own')
    expect([(await own.size()).width, await own.style('font-size')]).toEqual([100, '14px'])
  })

  it('returns real boxes from boundingClientRect', async () => {
    const rect = await target.run(
      "() => new Promise((resolve) => wx.createSelectorQuery().select('.home').boundingClientRect(resolve).exec())",
    )
    expect(rect).toMatchObject({ left: 0, width: 375 })
  })

  it('does not style an app whose class names equal the host’s without their prefix', async () => {
    const selectors = (SCREEN_STYLES + COMPONENT_STYLES).match(/\.[a-z][\w-]*/g) ?? []
    const names = [...new Set(selectors.map((name) => name.replace(/^\.(mph-)?/, '')))].filter(
      (name) => !WECHAT_CLASSES.includes(name),
    )
    expect(names).toContain('badge')
    const probe = (name: string) => `<view class="probe ${name}"><button>x</button></view>`
    const app = await openForTest(onePage('{}', ['plain', ...names].map(probe).join('')), {
      backend: 'chromium',
    })
    const [plain, ...looks] = (await app.run(
      `(fields) => new Promise((resolve) =>
        wx.createSelectorQuery().selectAll('.probe').fields(fields, resolve).exec())`,
      { size: true, computedStyle: LOOK },
    )) as object[]
    expect(Object.fromEntries(looks.map((look, at) => [names[at], look]))).toEqual(
      Object.fromEntries(names.map((name) => [name, plain])),
    )
  })

  it('takes screenshots', async () => {
    const png = await target.program.screenshot()
    expect(String(png).slice(0, PNG.length)).toBe(PNG)
  })

  it('applies the styles of the current page only', async () => {
    const two = await openForTest(
      onePage('{}', '<view class="a">a</view>', {
        'app.json': JSON.stringify({ pages: ['pages/a/a', 'pages/b/b'] }),
        'pages/a/a.wxss': '.a{color:rgb(1, 2, 3)}',
        'pages/b/b.ts': 'Page({})',
        'pages/b/b.wxml': '<view class="a">b</view>',
      }),
      { backend: 'chromium' },
    )
    expect(await (await two.find('.a')).style('color')).toBe('rgb(1, 2, 3)')
    await two.go('navigateTo', '/pages/b/b')
    expect(await (await two.find('.a')).style('color')).toBe('rgb(0, 0, 0)')
  })

  it.each([
    [{ darkmode: true }, 'rgb(0, 0, 1)'],
    [{}, 'rgb(1, 0, 0)'],
  ])('follows the phone’s theme with %j', async (config, color) => {
    const themed = await openForTest(
      onePage('{}', '<view class="a">a</view>', {
        'app.json': JSON.stringify({ pages: ['pages/a/a'], ...config }),
        'app.wxss': '.a{color:rgb(1,0,0)}@media (prefers-color-scheme: dark){.a{color:rgb(0,0,1)}}',
      }),
      { backend: 'chromium', theme: 'dark' },
    )
    expect(await (await themed.find('.a')).style('color')).toBe(color)
  })

  it('scrolls a page and keeps fixed elements in place', async () => {
    const long = await openForTest(
      onePage(
        '{}',
        '<view style="height:300vh"/><view class="f" style="position:fixed;top:0">f</view>',
      ),
      { backend: 'chromium' },
    )
    await long.program.pageScrollTo(500)
    const page = await long.page()
    expect(await page.scrollTop()).toBe(500)
    expect((await page.size()).height).toBe(724 * 3)
    expect((await (await long.find('.f')).offset()).top).toBe(500)
  })

  it('scrolls a page to what a selector finds, as far as the app says, and stays where it finds nothing', async () => {
    const long = await openForTest(
      onePage(
        `{ data: { late: false }, show() {
          this.setData({ late: true })
          wx.pageScrollTo({ selector: '.late', offsetTop: -20, duration: 0 })
        } }`,
        '<view style="height:200vh"/><view wx:if="{{late}}" class="late">a</view><view style="height:200vh"/>',
      ),
      { backend: 'chromium' },
    )
    const page = await long.page()
    await page.callMethod('show')
    await expect.poll(() => page.scrollTop()).toBe(724 * 2 - 20)

    await long.program.callWxMethod('pageScrollTo', { selector: '.none', duration: 0 })
    expect(await page.scrollTop()).toBe(724 * 2 - 20)
  })

  it('puts the placeholder of a field where its text will be', async () => {
    const form = await openForTest(
      onePage('{}', '<input placeholder="a" style="width:200px;text-align:right"/>'),
      { backend: 'chromium' },
    )
    const far = await form.program.evaluate(() => {
      const range = document.createRange()
      const [placeholder] = document.getElementsByClassName('mph-field-placeholder')
      if (placeholder) range.selectNodeContents(placeholder)
      return Math.round(range.getBoundingClientRect().right)
    })
    expect(far).toBe(200)
  })
})
