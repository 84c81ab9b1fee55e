import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LICENCES, MIT } from '../miniprogram/config/licences'
import {
  ending,
  files,
  json,
  pages,
  sizeOf,
  source,
  subPackages,
  tdesignFiles,
} from './support/source'

const app = json('app.json')
const scripts = ending('.ts')
const totalOf = (paths: string[]) => paths.reduce((sum, path) => sum + sizeOf(path), 0)
const IMPORT = /^(?:import|export)\s(?!type\s)[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm

describe.each(scripts)('%s', (path) => {
  const text = source(path)

  it('imports at run time only files of this folder, without an extension', () => {
    for (const [, from, bare] of text.matchAll(IMPORT)) {
      const specifier = from ?? bare ?? ''
      expect(specifier).toMatch(/^\.\.?\//)
      expect(files).toContain(`${posix.join(posix.dirname(path), specifier)}.ts`)
    }
    expect(text).not.toMatch(/\brequire\(|\bimport\(/)
  })

  it('uses no API that WeChat lacks or withdrew, and no console', () => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    expect(code).not.toMatch(
      /\b(console|debugger|getUserProfile|getUserInfo|process|Buffer|window|document|fetch|eval|globalThis)\b\s*[.(;]/,
    )
  })

  it('keeps to syntax that the TypeScript plugin of DevTools knows', () => {
    expect(text).not.toMatch(/\?\?=|\|\|=|&&=|\ssatisfies\s|import\s*\{[^}]*\btype\s/)
  })
})

it('opens without an account: it has the tourist appid and no key', () => {
  const config = JSON.parse(
    readFileSync(new URL('../project.config.json', import.meta.url), 'utf8'),
  )

  expect(config).toMatchObject({
    appid: 'touristappid',
    miniprogramRoot: 'miniprogram/',
    setting: { useCompilerPlugins: ['typescript'] },
  })
  const texts = files.filter((path) => !path.endsWith('.png')).map(source)
  expect(texts.join('\n')).not.toMatch(/\bwx[0-9a-f]{16}\b|\b[0-9a-f]{32}\b|BEGIN .*KEY/)
})

it('has every page and component that its JSON names', () => {
  const units = [
    ...pages,
    ...ending('.json').flatMap((path) => Object.values<string>(json(path).usingComponents ?? {})),
  ].map((path: string) => path.replace(/^\//, ''))

  for (const unit of units) {
    const isOurs = !unit.startsWith('tdesign/')
    const ends = [isOurs ? '.ts' : '.js', '.wxml', '.wxss', '.json']
    for (const end of ends) expect(isOurs ? files : tdesignFiles).toContain(unit + end)
  }
  for (const { pagePath } of app.tabBar.list) expect(app.pages).toContain(pagePath)
})

it('has every theme variable in both themes, and every icon', () => {
  const { light, dark } = json('theme.json')
  const used = [...source('app.json').matchAll(/"@(\w+)"/g)].map(([, name]) => name)

  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort())
  expect([...new Set(used)].sort()).toEqual(Object.keys(light).sort())
  for (const value of [...Object.values<string>(light), ...Object.values<string>(dark)]) {
    if (value.endsWith('.png')) expect(files).toContain(value)
  }
})

it('shows the licence of the repository as it is', () => {
  const licence = readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8')
  const paragraphs = licence.split('\n\n').map((text) => text.trim().replace(/\s+/g, ' '))

  expect([LICENCES[0]?.notice, ...MIT]).toEqual(paragraphs.slice(1))
})

it('asks WeChat to check privacy, and follows dark mode', () => {
  expect(app).toMatchObject({ __usePrivacyCheck__: true, darkmode: true })
})

it('has only files of a mini-program', () => {
  for (const path of files) expect(path).toMatch(/\.(ts|json|wxml|wxss|png)$/)
})

it('has a main package of at most 1.5 MB, with all that is copied into it', () => {
  const main = [...files, ...tdesignFiles].filter(
    (path) => !subPackages.some(({ root }) => path.startsWith(root)),
  )

  expect(totalOf(main)).toBeLessThanOrEqual(1.5 * 1024 * 1024)
})
