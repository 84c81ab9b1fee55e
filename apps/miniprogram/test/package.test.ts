import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ending, files, json, sizeOf, source } from './support/source'

const app = json('app.json')
const scripts = ending('.ts')
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
    ...app.pages,
    ...ending('.json').flatMap((path) => Object.values(json(path).usingComponents ?? {})),
  ].map((path: string) => path.replace(/^\//, ''))

  for (const unit of units) {
    for (const end of ['.ts', '.wxml', '.wxss', '.json']) expect(files).toContain(unit + end)
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

it('asks WeChat to check privacy, and follows dark mode', () => {
  expect(app).toMatchObject({ __usePrivacyCheck__: true, darkmode: true })
})

it('is smaller than 300 KB and has only files of a mini-program', () => {
  expect(files.reduce((sum, path) => sum + sizeOf(path), 0)).toBeLessThan(300 * 1024)
  for (const path of files) expect(path).toMatch(/\.(ts|json|wxml|wxss|png)$/)
})
