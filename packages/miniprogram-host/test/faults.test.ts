import { describe, expect, it } from 'vitest'
import { describeInChromium } from './support/backends.ts'
import { writeProject } from './support/project.ts'
import { openForTest } from './support/target.ts'

/** A project whose page `pages/a/a` is sound, and whose page `pages/b/b` consists of `files`. */
const withPageB = (files: Record<string, string | undefined>): string =>
  writeProject({
    'app.json': '{ "pages": ["pages/a/a", "pages/b/b"] }',
    'pages/a/a.ts': 'Page({ data: { sound: true } })',
    'pages/b/b.ts': "Page({ data: { text: 'here' } })",
    'pages/b/b.wxml': '<view class="text">{{text}}</view>',
    ...files,
  })

describe('a fault in one page', () => {
  it.each([
    [
      'a script that throws',
      { 'pages/b/b.ts': "const a: number = 1\nthrow new RangeError('broken ' + a)" },
      null,
      { name: 'RangeError', message: 'broken 1', stack: expect.stringContaining('b.ts:2:7') },
    ],
    [
      'a script that does not parse',
      { 'pages/b/b.ts': 'Page({\n  data: ;\n})' },
      /^pages\/b\/b\.ts:2:9: .*; whatever needs this script fails$/,
      { name: 'SyntaxError', message: expect.stringMatching(/^pages\/b\/b\.ts:2:9: /) },
    ],
    [
      'a module that is not there',
      { 'pages/b/b.ts': "require('./none')\nPage({})" },
      /^pages\/b\/b\.ts:1:10: module "\.\/none" is not there; to require it throws$/,
      { message: "module 'pages/b/none.js' is not defined, require args is './none'" },
    ],
    [
      'a script that registers nothing',
      { 'pages/b/b.ts': 'export {}' },
      null,
      { message: 'pages/b/b.js: neither Page() nor Component() was called' },
    ],
    [
      'no script',
      { 'pages/b/b.ts': undefined },
      /^app\.json:1:\d+: pages\/b\/b\.js is missing; there is no data and no function$/,
      null,
    ],
    [
      'no template',
      { 'pages/b/b.wxml': undefined },
      /^app\.json:1:\d+: pages\/b\/b\.wxml is missing; it stays empty$/,
      null,
    ],
    [
      'a template with an open expression',
      { 'pages/b/b.wxml': '<view class="text">\n  {{a +}}{{text}}</view>' },
      /^pages\/b\/b\.wxml:2:8: unexpected character inside expression; what is broken is left out$/,
      null,
    ],
    [
      'a component that is not there',
      {
        'pages/b/b.json': '{ "usingComponents": {\n  "part": "/part/part" } }',
        'pages/b/b.wxml': '<part><view class="text">{{text}}</view></part>',
      },
      /^pages\/b\/b\.json:2:12: component \/part\/part is not there; <part> draws its content only$/,
      null,
    ],
    [
      'a component of a plugin',
      { 'pages/b/b.json': '{ "usingComponents": { "map": "plugin://maps/map" } }' },
      /^pages\/b\/b\.json:1:\d+: plugins are not supported by miniprogram-host \(plugin:\/\/maps\/map\); <map>/,
      null,
    ],
    [
      'a template import that is not there',
      { 'pages/b/b.wxml': '<import src="./none.wxml" /><view class="text">{{text}}</view>' },
      /^pages\/b\/b\.wxml:1:16: pages\/b\/none\.wxml is not there; what it is imported for draws nothing$/,
      null,
    ],
    [
      'a WXS file that is not there',
      { 'pages/b/b.wxml': '<wxs module="m" src="./none.wxs" /><view class="text">{{text}}</view>' },
      /^pages\/b\/b\.wxml:1:\d+: pages\/b\/none\.wxs is not there; its functions give nothing$/,
      null,
    ],
    [
      'WXS that does not parse',
      { 'pages/b/b.wxml': '<view />\n<wxs module="m">\nvar a = ;\n</wxs>' },
      /^pages\/b\/b\.wxml:3:1: Unexpected token.*; its functions give nothing$/,
      null,
    ],
    [
      'a style that is not there',
      { 'pages/b/b.wxss': '@import "./none";\n.text { color: red }' },
      /^pages\/b\/b\.wxss:1:10: style \.\/none is not there; its rules are missing$/,
      null,
    ],
    [
      'a style with an open brace',
      { 'pages/b/b.wxss': '.a {}\n.text { color: red' },
      /^pages\/b\/b\.wxss:2:7: "\{" has no counterpart; rules around it are lost$/,
      null,
    ],
    [
      'a tag that is no component',
      { 'pages/b/b.wxml': '<view class="text">{{text}}</view>\n<no-such a="{{ 1 < x }}" />' },
      /^pages\/b\/b\.wxml:2:1: <no-such> is no component; it is drawn as a plain element$/,
      null,
    ],
    [
      'JSON that does not parse',
      { 'pages/b/b.json': '{\n  "a": 1,,\n}' },
      /^pages\/b\/b\.json:2:10: .*; the file is ignored$/,
      null,
    ],
  ])('costs that page only: %s', async (_what, files, warning, exception) => {
    const target = await openForTest(withPageB(files))
    expect(await (await target.page()).data('sound')).toBe(true)
    expect(target.host.warnings).toEqual(warning === null ? [] : [expect.stringMatching(warning)])
    expect((await target.go('navigateTo', '/pages/b/b')).path).toBe('pages/b/b')
    expect(target.exceptions).toEqual(
      exception === null ? [] : [expect.objectContaining(exception)],
    )
  })

  it('leaves what does not need it: a page whose component is not there', async () => {
    const target = await openForTest(
      withPageB({
        'pages/b/b.json': '{ "usingComponents": { "part": "/part/part" } }',
        'pages/b/b.wxml': '<part><view class="text">{{text}}</view></part>',
      }),
    )
    await target.go('navigateTo', '/pages/b/b')
    expect(await (await target.find('.text')).text()).toBe('here')
  })

  it('leaves what is sound of a template that is broken', async () => {
    const target = await openForTest(
      withPageB({
        'pages/b/b.wxml': '<view a=b?c"><view class="text">{{text}}{{a +}}</view></view>',
      }),
    )
    await target.go('navigateTo', '/pages/b/b')
    expect(await (await target.find('.text')).text()).toBe('here')
  })

  it('makes a page without any file unknown', async () => {
    const target = await openForTest(
      withPageB({ 'pages/b/b.ts': undefined, 'pages/b/b.wxml': undefined }),
    )
    expect(target.host.warnings).toEqual([
      expect.stringMatching(
        /^app\.json:1:\d+: pages\/b\/b\.js and pages\/b\/b\.wxml are missing; /,
      ),
    ])
    await expect(target.go('navigateTo', '/pages/b/b')).rejects.toThrow(
      'page "pages/b/b" is not found',
    )
  })
})

describe('an app script that fails', () => {
  it.each([
    ['throws', "const a: number = 1\nthrow new Error('broken ' + a)", 'broken 1'],
    ['does not parse', 'App({', expect.stringMatching(/^app\.ts:1:6: /)],
  ])('leaves the pages without an app when it %s', async (_what, script, message) => {
    const target = await openForTest(writeProject({ 'app.ts': script }))
    expect(target.exceptions).toEqual([expect.objectContaining({ message })])
    expect(await target.path()).toBe('pages/a/a')
    expect(await target.run('() => getApp() === undefined')).toBe(true)
  })
})

describe('a subpackage', () => {
  it('is loaded when one of its pages is first opened', async () => {
    const mark = (name: string) => `getApp().ran.push('${name}')\nPage({})`
    const target = await openForTest(
      writeProject({
        'app.json': JSON.stringify({
          pages: ['pages/a/a', 'pages/b/b'],
          subPackages: [{ root: 'sub', pages: ['c', 'd'] }],
        }),
        'app.ts': 'App({ ran: [] })',
        'pages/a/a.ts': mark('a'),
        'pages/b/b.ts': mark('b'),
        'pages/b/b.wxml': '<view />',
        'sub/c.ts': mark('c'),
        'sub/c.wxml': '<view />',
        'sub/d.ts': mark('d'),
        'sub/d.wxml': '<view />',
      }),
    )
    const ran = () => target.run('() => getApp().ran')
    expect(await ran()).toEqual(['a', 'b'])
    await target.go('navigateTo', '/sub/d')
    expect(await ran()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is loaded for a component whose placeholder is shown meanwhile', async () => {
    const target = await openForTest(
      writeProject({
        'app.json': JSON.stringify({
          pages: ['pages/a/a'],
          subPackages: [{ root: 'sub', pages: ['c'] }],
        }),
        'pages/a/a.json': JSON.stringify({
          usingComponents: { part: '/sub/part' },
          componentPlaceholder: { part: 'view' },
        }),
        'pages/a/a.wxml': '<part class="part" />',
        'sub/c.ts': 'Page({})',
        'sub/c.wxml': '<view />',
        'sub/part.json': '{ "component": true }',
        'sub/part.ts': "Component({ data: { text: 'late' } })",
        'sub/part.wxml': '<view class="inner">{{text}}</view>',
      }),
    )
    await expect.poll(async () => (await target.find('.part')).outerWxml()).toContain('late')
  })
})

describeInChromium('a page with a fault', () => {
  it('says on the phone what is wrong', async () => {
    const target = await openForTest(withPageB({ 'pages/b/b.ts': 'Page({\n  data: ;\n})' }), {
      backend: 'chromium',
    })
    await target.go('navigateTo', '/pages/b/b')
    expect((await target.host.send('Host.getUi')) as object).toMatchObject({
      faults: [expect.stringMatching(/^pages\/b\/b\.ts:2:9: /)],
    })
  })
})
