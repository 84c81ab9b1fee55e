import { expect, it } from 'vitest'
import { describeInChromium, describeOnBackends } from './support/backends.ts'
import { onePage, writeProject } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

const PATHS = 'getCurrentPages().map((page) => page.route)'

describeOnBackends('a page that opens', (backend) => {
  it('is on the stack while its components are attached and in its onLoad', async () => {
    const target = await openForTest(
      writeProject({
        'app.json': '{ "pages": ["pages/a/a", "pages/b/b"] }',
        'pages/b/b.json': '{ "usingComponents": { "part": "/part/part" } }',
        'pages/b/b.wxml': '<part />',
        'pages/b/b.ts': `Page({ onLoad() { getApp().loaded = ${PATHS} } })`,
        'part/part.json': '{ "component": true }',
        'part/part.wxml': '<view />',
        'part/part.ts': `Component({ attached() { getApp().attached = ${PATHS} } })`,
      }),
      { backend },
    )
    await target.go('navigateTo', '/pages/b/b')
    const both = ['pages/a/a', 'pages/b/b']
    expect(await target.run('() => [getApp().attached, getApp().loaded]')).toEqual([both, both])
  })

  it('can be queried from its own onLoad', async () => {
    const target = await openForTest(
      onePage(
        `{
          data: { id: '' },
          onLoad() {
            wx.createSelectorQuery().select('#found').fields({ id: true }, ({ id }) => {
              this.setData({ id })
            }).exec()
          },
        }`,
        '<view id="found" />',
      ),
      { backend },
    )
    expect(await until(async () => (await target.page()).data('id'))).toBe('found')
    expect(target.exceptions).toEqual([])
  })

  it('does not exist yet in onLaunch, where a query finds nothing', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': `App({
          onLaunch() {
            const query = wx.createSelectorQuery()
            query.select('.a').boundingClientRect()
            query.exec((found) => { this.found = found })
          },
        })`,
      }),
      { backend },
    )
    expect(await until(() => target.run('() => getApp().found'))).toEqual([null])
  })
})

describeInChromium('a relative image', () => {
  it('is looked for beside the template that names it', async () => {
    const keep = '{ keep({ detail }) { getApp().missing.push(detail.errMsg) } }'
    const target = await openForTest(
      writeProject({
        'app.json': '{ "pages": ["pages/a/a", "pages/b/b"] }',
        'app.ts': 'App({ missing: [] })',
        'pages/b/b.json': '{ "usingComponents": { "part": "/part/part" } }',
        'pages/b/b.wxml': '<image src="./own.png" binderror="keep" /><part />',
        'pages/b/b.ts': `Page(${keep})`,
        'part/part.json': '{ "component": true }',
        'part/part.wxml': '<image src="icon.png" binderror="keep" />',
        'part/part.ts': `Component({ methods: ${keep} })`,
      }),
      { backend: 'chromium' },
    )
    await target.go('navigateTo', '/pages/b/b')
    const missing = await until(async () => {
      const found = (await target.run('() => getApp().missing')) as string[]
      return found.length === 2 && found
    })
    expect(missing).toEqual([
      expect.stringContaining('/assets/pages/b/own.png'),
      expect.stringContaining('/assets/part/icon.png'),
    ])
  })
})
