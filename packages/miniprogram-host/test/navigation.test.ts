import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Target } from './support/target.ts'
import { openTarget, until } from './support/target.ts'

describe('navigation', () => {
  let target: Target

  beforeAll(async () => {
    target = await openTarget('tabs')
  })
  afterAll(() => target?.close())
  beforeEach(async () => {
    await target.go('reLaunch', '/pages/first/first')
    await target.run('() => { getApp().globalData.log = [] }')
  })

  const stack = async () => (await target.program.pageStack()).map((page) => page.path)
  const log = () => target.run('() => getApp().globalData.log')
  const call = (method: string, options: object) =>
    target.program.callWxMethod(method, options).then(
      () => 'ok',
      (error: Error) => error.message,
    )

  it.each([
    ['navigateTo', { url: '/pages/nowhere/nowhere' }, 'page "pages/nowhere/nowhere" is not found'],
    ['navigateTo', { url: '/pages/second/second' }, 'can not navigateTo a tabbar page'],
    ['redirectTo', { url: '/pages/second/second' }, 'can not redirectTo a tabbar page'],
    ['switchTab', { url: '/pages/detail/detail' }, 'can not switch to no-tabBar page'],
    ['switchTab', { url: '/pages/second/second?a=1' }, 'url not support queryString'],
    ['navigateBack', {}, 'cannot navigate back at first page.'],
    ['reLaunch', { url: '/pages/nowhere/nowhere' }, 'page "pages/nowhere/nowhere" is not found'],
  ])('refuses %s %j as WeChat does', async (method, options, message) => {
    expect(await call(method, options)).toBe(message)
  })

  it('opens at most ten pages', async () => {
    for (let depth = 2; depth <= 10; depth += 1) {
      expect(await call('navigateTo', { url: '/pages/detail/detail' })).toBe('ok')
    }
    expect(await call('navigateTo', { url: '/pages/detail/detail' })).toBe(
      'webview count limit exceed',
    )
    expect(await stack()).toHaveLength(10)
    expect(await call('navigateBack', { delta: 99 })).toBe('ok')
    expect(await stack()).toEqual(['pages/first/first'])
  })

  it('resolves relative URLs and passes the query on undecoded', async () => {
    const page = await target.go('navigateTo', '../detail/detail?name=%E4%BD%A0&flag&pair=a=b')
    expect(page.path).toBe('pages/detail/detail')
    expect(await page.data('query')).toEqual({ name: '%E4%BD%A0', flag: '', pair: 'a=b' })
  })

  it('calls lifecycle functions in WeChat’s order', async () => {
    await target.go('navigateTo', '/pages/detail/detail')
    await until(async () => ((await log()) as string[]).includes('detail.onReady'))
    await target.go('navigateBack')
    expect(await log()).toEqual([
      'first.onHide',
      'detail.onLoad',
      'detail.onShow',
      'detail.onReady',
      'detail.onUnload',
      'first.onShow',
    ])
  })

  it('keeps a tab’s page and closes the pages opened on it', async () => {
    const first = await target.page()
    await first.setData({ count: 7 })
    await target.go('navigateTo', '/pages/detail/detail')
    await target.go('switchTab', '/pages/second/second')
    expect(await stack()).toEqual(['pages/second/second'])
    const again = await target.go('switchTab', '/pages/first/first')
    expect(again.id).toBe(first.id)
    expect(await again.data('count')).toBe(7)
    expect(await log()).toEqual(expect.arrayContaining(['detail.onUnload', 'second.onHide']))
    expect(await log()).not.toContain('first.onUnload')
  })

  it('links a page with its opener by the event channel', async () => {
    await target.run(`() => new Promise((resolve) => {
      wx.navigateTo({
        url: '/pages/detail/detail',
        events: { fromDetail: (value) => { getApp().globalData.log.push('heard ' + value) } },
        success: ({ eventChannel }) => { eventChannel.emit('fromOpener', 'hello'); resolve() },
      })
    })`)
    const page = await target.page()
    expect(await page.data('heard')).toBe('hello')
    await page.callMethod('tellOpener', 'hi')
    expect(await log()).toContain('heard hi')
  })

  it('navigates by navigator components and native gestures', async () => {
    await (await target.find('navigator')).tap()
    expect(await until(async () => (await target.path()) === 'pages/detail/detail')).toBe(true)
    await target.program.native().navigateLeft()
    expect(await target.path()).toBe('pages/first/first')
    await target.program.native().switchTab({ url: '/pages/second/second' } as never)
    expect(await target.path()).toBe('pages/second/second')
    await target.program.native().goHome()
    expect(await target.path()).toBe('pages/first/first')
  })

  it.each([
    ['setTabBarBadge', { index: 9, text: '1' }, 'tabbar item not found'],
    ['setTabBarBadge', { index: 0, text: '1' }, 'ok'],
    ['hideTabBar', {}, 'ok'],
  ])('answers %s %j on a tab page', async (method, options, answer) => {
    expect(await call(method, options)).toBe(answer)
  })

  it('refuses to change the tab bar from a page without one', async () => {
    await target.go('navigateTo', '/pages/detail/detail')
    expect(await call('setTabBarBadge', { index: 0, text: '1' })).toBe('not TabBar page')
  })

  it('sets the title of the current page', async () => {
    await target.program.callWxMethod('setNavigationBarTitle', { title: '新标题' })
    expect(await target.host.send('Host.getUi')).toMatchObject({ title: '新标题' })
  })
})
