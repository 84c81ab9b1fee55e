import { describe, expect, it } from 'vitest'
import { describeInChromium } from './support/backends.ts'
import { onePage, writeProject } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

describe('what scripts of a mini-program can reach', () => {
  it.each([
    [
      "import { a } from '@oa/contracts'\nconsole.log(a)",
      "module 'pages/a/@oa/contracts.js' is not defined, require args is '@oa/contracts'",
    ],
    [
      "import { a } from '../../../outside'\nconsole.log(a)",
      "module '../outside.js' is not defined, require args is '../../../outside'",
    ],
    ["import fs from 'node:fs'\nconsole.log(fs)", "require args is 'node:fs'"],
    [
      "const a = require('./missing')",
      "module 'pages/a/missing.js' is not defined, require args is './missing'",
    ],
  ])('refuses at run time: %s', async (script, message) => {
    const target = await openForTest(writeProject({ 'pages/a/a.ts': `${script}\nPage({})` }))
    expect(target.exceptions).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message) }),
    ])
  })

  it('allows type imports from anywhere, because they are erased', async () => {
    const project = writeProject({
      'pages/a/a.ts':
        "import type { A } from '@oa/contracts'\nconst a: A = {}\nPage({ data: { a } })",
    })
    expect((await openForTest(project)).exceptions).toEqual([])
  })

  it('resolves files, folders, absolute paths and miniprogram_npm', async () => {
    const target = await openForTest(
      writeProject({
        'pages/a/a.ts': [
          "import { b } from './b'",
          "import { c } from '../../utils'",
          "import { d } from '/utils/d'",
          "import { e } from 'pkg/e'",
          "import f from 'pkg'",
          'Page({ data: { all: [b, c, d, e, f] } })',
        ].join('\n'),
        'pages/a/b.ts': 'export const b: number = 1',
        'utils/index.ts': 'export const c = 2',
        'utils/d.js': 'module.exports = { d: 3 }',
        'miniprogram_npm/pkg/e.js': 'exports.e = 4',
        'miniprogram_npm/pkg/index.js': 'module.exports = 5',
      }),
    )
    expect(await (await target.page()).data('all')).toEqual([1, 2, 3, 4, 5])
  })

  it('resolves a bare specifier relative to the file before miniprogram_npm', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': "import { a } from '@babel/runtime/helpers/a'\nApp({ a })",
        '@babel/runtime/helpers/a.js': "exports.a = 'beside'",
        'miniprogram_npm/@babel/runtime/helpers/a.js': "exports.a = 'package'",
        'pages/a/a.ts': "import { a } from '@babel/runtime/helpers/a'\nPage({ data: { a } })",
      }),
    )
    expect(await target.run('() => getApp().a')).toBe('beside')
    expect(await (await target.page()).data('a')).toBe('package')
  })

  it('loads a module with require.async', async () => {
    const target = await openForTest(
      onePage(
        "{ async load() { return (await require.async('../../utils/late')).value } }",
        '<view />',
        {
          'utils/late.ts': "export const value = 'late'",
        },
      ),
    )
    expect(await (await target.page()).callMethod('load')).toBe('late')
  })

  it('hides the globals of the realm', async () => {
    const names =
      'window document fetch XMLHttpRequest WebSocket process Buffer localStorage URL setImmediate'
    const types = names.split(' ').map((name) => `${name}: typeof ${name}`)
    const target = await openForTest(onePage(`{ data: { ${types.join(', ')} } }`))
    const expected = names.split(' ').map((name) => [name, 'undefined'])
    expect(await (await target.page()).data()).toEqual(Object.fromEntries(expected))
  })

  it('lets a script redeclare a hidden name', async () => {
    const target = await openForTest(
      writeProject({ 'pages/a/a.ts': "const confirm = 'mine'\nPage({ data: { confirm } })" }),
    )
    expect(await (await target.page()).data('confirm')).toBe('mine')
  })

  it.each(["eval('1')", "new Function('return 1')()", "(() => {}).constructor('return 1')()"])(
    'blocks %s',
    async (code) => {
      const target = await openForTest(
        onePage(`{ run() { try { return ${code} } catch (error) { return error.name } } }`),
      )
      expect(await (await target.page()).callMethod('run')).toBe('EvalError')
    },
  )

  it('provides getApp and wx to modules that load before App is called', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': "import './early'\nApp({ globalData: { a: 1 } })",
        'early.ts': 'wx.setStorageSync("early", typeof getApp)',
      }),
    )
    expect(await target.program.callWxMethod('getStorageSync', 'early')).toBe('function')
  })

  it('answers getApp() before App() with undefined, as WeChat does', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': "import './early'\nApp({ globalData: { a: 1 } })",
        'early.ts': 'wx.setStorageSync("early", getApp() === undefined)',
      }),
    )
    expect(await target.program.callWxMethod('getStorageSync', 'early')).toBe(true)
    expect(await target.run('() => getApp().globalData.a')).toBe(1)
  })

  it('launches the app before the scripts of pages, which use what it knows by then', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': `App({
          globalData: {},
          onLaunch() {
            this.globalData.launched = true
            wx.getSystemInfo({ success: ({ statusBarHeight }) => { this.globalData.bar = statusBarHeight } })
          },
        })`,
        'pages/a/a.ts': 'Page({ data: { ...getApp().globalData } })',
      }),
    )
    expect(await (await target.page()).data()).toEqual({ launched: true, bar: 44 })
  })

  it('fills what getApp({ allowDefault: true }) gave before App()', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': "import { early } from './early'\nApp({ a: 1, same: () => early === getApp() })",
        'early.ts':
          'export const early = getApp({ allowDefault: true })\nObject.assign(early, { a: 0, b: 2 })',
      }),
    )
    expect(await target.run('() => [getApp().a, getApp().b, getApp().same()]')).toEqual([
      1,
      2,
      true,
    ])
  })

  it('reports an unhandled rejection and keeps running', async () => {
    const target = await openForTest(
      onePage("{ leave() { void Promise.reject(new RangeError('nobody cares')) } }"),
    )
    await (await target.page()).callMethod('leave')
    await until(() => target.exceptions.length)
    expect(target.exceptions[0]).toMatchObject({ name: 'RangeError', message: 'nobody cares' })
    expect(await target.path()).toBe('pages/a/a')
  })
})

describeInChromium('what scripts can reach in a browser', () => {
  it('is the same as in Node', async () => {
    const target = await openForTest(
      onePage(`{
        data: { types: [typeof window, typeof document, typeof fetch, typeof localStorage] },
        run() { try { return eval('1') } catch (error) { return error.name } },
      }`),
      { backend: 'chromium' },
    )
    const page = await target.page()
    expect(await page.data('types')).toEqual(Array(4).fill('undefined'))
    expect(await page.callMethod('run')).toBe('EvalError')
    expect(await target.run('() => typeof globalThis.document')).toBe('undefined')
  })
})
