import { expect, it } from 'vitest'
import { describeInChromium, describeOnBackends } from './support/backends.ts'
import { writeProject } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

const TAB = `Page({ onShow() { this.getTabBar().setData({ chosen: this.route }) } })`

const project = (more: Record<string, string> = {}): string =>
  writeProject({
    'app.json': JSON.stringify({
      pages: ['pages/a/a', 'pages/b/b', 'pages/c/c'],
      tabBar: {
        custom: true,
        list: [
          { pagePath: 'pages/a/a', text: 'a' },
          { pagePath: 'pages/b/b', text: 'b' },
        ],
      },
    }),
    'pages/a/a.ts': TAB,
    'pages/b/b.ts': TAB,
    'pages/b/b.wxml': '<view />',
    'pages/c/c.ts': 'Page({ onShow() { this.setData({ bar: this.getTabBar() }) } })',
    'pages/c/c.wxml': '<view />',
    'custom-tab-bar/index.json': '{ "component": true }',
    'custom-tab-bar/index.wxml': '<view class="bar" bindtap="open">{{chosen}}</view>',
    'custom-tab-bar/index.wxss':
      '.bar { position: fixed; bottom: 0; left: 0; right: 0; height: 48px }',
    'custom-tab-bar/index.ts': `Component({
      data: { chosen: '' },
      pageLifetimes: { show() { getApp().shown += 1 } },
      methods: { open() { wx.switchTab({ url: '/pages/b/b' }) } },
    })`,
    'app.ts': 'App({ shown: 0 })',
    ...more,
  })

describeOnBackends('a custom tab bar', (backend) => {
  it('belongs to each page of a tab, which reaches it by getTabBar', async () => {
    const target = await openForTest(project(), { backend })
    const chosen = () => target.run('() => getCurrentPages().at(-1).getTabBar().data.chosen')
    expect(await chosen()).toBe('pages/a/a')
    await target.run('() => getCurrentPages().at(-1).getTabBar().open()')
    await until(async () => (await target.path()) === 'pages/b/b')
    expect(await chosen()).toBe('pages/b/b')
    expect(await target.run('() => getApp().shown')).toBe(2)
    await target.go('navigateTo', '/pages/c/c')
    expect(await (await target.page()).data('bar')).toBeNull()
    expect(target.exceptions).toEqual([])
  })
})

describeInChromium('a custom tab bar on the phone', () => {
  it('is drawn at the lower edge of the page', async () => {
    const target = await openForTest(project(), { backend: 'chromium' })
    const box = await target.run(`() => new Promise((resolve) => {
      const bar = getCurrentPages().at(-1).getTabBar()
      bar.createSelectorQuery().select('.bar').boundingClientRect(resolve).exec()
    })`)
    expect(box).toMatchObject({ left: 0, width: 375, height: 48, bottom: 724 })
  })
})
