import { describe, expect, it } from 'vitest'
import { writeProject } from '../../test/support/project.ts'
import { compileProject } from './project.ts'

const failureOf = async (files: Parameters<typeof writeProject>[0]): Promise<Error> =>
  compileProject(writeProject(files)).then(
    () => new Error('compiled'),
    (error: Error) => error,
  )

describe('errors in a project', () => {
  it.each([
    [
      'a folder without a project',
      { 'project.config.json': undefined, 'app.json': undefined },
      /^project\.config\.json:1:1: file not found/,
    ],
    ['no app.json', { 'app.json': undefined }, /^app\.json:1:1: file not found/],
    ['no pages', { 'app.json': '{\n  "pages": []\n}' }, /^app\.json:2:3: "pages" names no page/],
    ['invalid JSON', { 'app.json': '{\n  "pages": [1,]\n}' }, /^app\.json:2:14: /],
    ['no app script', { 'app.ts': undefined }, /^app\.ts:1:1: file not found/],
  ])('names file, line and column of %s', async (_what, files, message) => {
    const failure = await failureOf(files)
    expect(failure.name).toBe('CompileError')
    expect(failure.message).toMatch(message)
  })

  it('warns of a tab that is no page', async () => {
    const { warnings } = await compileProject(
      writeProject({
        'app.json':
          '{ "pages": ["pages/a/a"],\n "tabBar": { "list": [{ "pagePath": "x/y", "text": "" }] } }',
      }),
    )
    expect(warnings).toEqual(['app.json:2:37: tab "x/y" is not in "pages"; it cannot open'])
  })

  it('reports questionable markup as a warning', async () => {
    const { warnings } = await compileProject(
      writeProject({ 'pages/a/a.wxml': '<view a="1" a="2" />' }),
    )
    expect(warnings).toEqual(['pages/a/a.wxml:1:13: duplicated attribute'])
  })
})

describe('the size of packages', () => {
  const twoMegabytes = 'x'.repeat(2 * 1024 * 1024)

  it.each([
    ['the main package', { 'big.png': twoMegabytes }, /the main package is 2\.00 MB, above 2 MB/],
    [
      'a subpackage',
      subpackage({ 'sub/big.png': twoMegabytes }),
      /subpackage "sub" is 2\.00 MB, above 2 MB/,
    ],
  ])('is told above two megabytes for %s', async (_what, files, message) => {
    const { warnings } = await compileProject(writeProject(files))
    expect(warnings).toEqual([expect.stringMatching(message)])
  })

  it('counts subpackages separately, and excludes files that are not packed', async () => {
    const { packageSizes } = await compileProject(
      writeProject(
        subpackage({
          'sub/some.png': 'x'.repeat(1000),
          'node_modules/big.js': twoMegabytes,
          'notes.md': twoMegabytes,
        }),
      ),
    )
    expect(packageSizes.sub).toBeGreaterThan(1000)
    expect(packageSizes['']).toBeLessThan(1000)
  })

  it('excludes unused code when the project is configured so', async () => {
    const { packageSizes } = await compileProject(
      writeProject({
        'project.config.json': '{ "setting": { "ignoreUploadUnusedFiles": true } }',
        'unused.js': twoMegabytes,
      }),
    )
    expect(packageSizes['']).toBeLessThan(1000)
  })
})

describe('a project that is not as expected', () => {
  const warningsOf = async (files: Parameters<typeof writeProject>[0]) =>
    (await compileProject(writeProject(files))).warnings

  it.each([
    ['app.json', '\ufeff{ "pages": ["pages/a/a"] }'],
    ['project.config.json', '\ufeff{}'],
    ['pages/a/a.json', '\ufeff{}'],
    ['pages/a/a.wxml', '\ufeff<view />'],
  ])('may begin a file with a byte order mark: %s', async (file, text) => {
    expect(await warningsOf({ [file]: text })).toEqual([])
  })

  it('is run with defaults without project.config.json', async () => {
    const files = { 'project.config.json': undefined }
    expect(await warningsOf(files)).toEqual([
      expect.stringMatching(/^project\.config\.json:1:1: file not found in .*; the folder is run/),
    ])
  })

  it.each([
    ['src/manifest.json', '{}', 'src/manifest.json looks like a source of uni-app: build it'],
    ['src/app.config.ts', '', 'src/app.config.ts looks like a source of Taro: build it'],
    ['mini/project.config.json', '{}', 'did you mean mini/?'],
  ])('is refused with a hint when it only has %s', async (file, text, hint) => {
    const nothing = { 'project.config.json': undefined, 'app.json': undefined }
    expect((await failureOf({ ...nothing, [file]: text })).message).toContain(hint)
  })

  it.each([
    ['less', 'Less'],
    ['scss', 'Sass'],
  ])('has no styles from a .%s file, and says so', async (extension, language) => {
    expect(await warningsOf({ [`pages/a/a.${extension}`]: '.a { .b { c: d } }' })).toEqual([
      `pages/a/a.${extension}:1:1: ${language} is not compiled by miniprogram-host; ` +
        'build pages/a/a.wxss from it, or there are no styles',
    ])
  })

  it.each([
    ['1.9.0', '2.7.3', 1],
    ['2.7.3', '2.7.3', 0],
    ['latest', '3.8.0', 0],
  ])('with base library %s runs with %s', async (libVersion, sdkVersion, warnings) => {
    const bundle = await compileProject(
      writeProject({ 'project.config.json': JSON.stringify({ libVersion }) }),
    )
    expect([bundle.sdkVersion, bundle.warnings.length]).toEqual([sdkVersion, warnings])
  })
})

describe('a compiled project', () => {
  it('prefers TypeScript over JavaScript of the same name', async () => {
    const { scripts } = await compileProject(
      writeProject({
        'pages/a/a.js': 'Page({ from: "js" })',
        'pages/a/a.ts': 'Page({ from: "ts" })',
      }),
    )
    expect(scripts['pages/a/a.js']?.code).toContain('"ts"')
  })

  it('lets project.private.config.json take precedence', async () => {
    const { appId } = await compileProject(
      writeProject({ 'project.private.config.json': '{ "appid": "wxfedcba9876543210" }' }),
    )
    expect(appId).toBe('wxfedcba9876543210')
  })

  it('never reads outside the root', async () => {
    const { scripts } = await compileProject(
      writeProject({
        'project.config.json': '{ "miniprogramRoot": "mini/" }',
        'outside.ts': 'export const secret = 1',
        'mini/app.json': '{ "pages": ["a"] }',
        'mini/app.ts': "require('../outside')\nApp({})",
        'mini/a.ts': 'Page({})',
        'mini/a.wxml': '<view />',
      }),
    )
    expect(Object.keys(scripts)).toEqual(['app.js', 'a.js'])
  })
})

function subpackage(files: Record<string, string>): Record<string, string> {
  return {
    'app.json': JSON.stringify({
      pages: ['pages/a/a'],
      subPackages: [{ root: 'sub', pages: ['b'] }],
    }),
    'sub/b.ts': 'Page({})',
    'sub/b.wxml': '<view />',
    ...files,
  }
}
