import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { LICENCES } from '../miniprogram/config/licences'
import { ending, json, source, tdesignFiles } from './support/source'

const FOLDER = new URL('../tdesign/', import.meta.url)
const NAMED = /(?:\b(?:from|import)\s*|@import\s*|\bsrc=|require\()["']([^"'{}]+)["']/g
const codeOf = (end: string) => tdesignFiles.filter((path) => path.endsWith(end))

it('has every part that components.json names, and all that the parts need', () => {
  const names: string[] = JSON.parse(readFileSync(new URL('components.json', FOLDER), 'utf8'))
  const units = codeOf('.json').flatMap((path) =>
    Object.values<string>(json(path).usingComponents ?? {}).map((name) =>
      posix.join(posix.dirname(path), name),
    ),
  )

  for (const unit of [...names.map((name) => `tdesign/${name}/${name}`), ...units]) {
    for (const end of ['.js', '.json', '.wxml', '.wxss']) expect(tdesignFiles).toContain(unit + end)
  }
})

it('has no part that no page uses', () => {
  const names: string[] = JSON.parse(readFileSync(new URL('components.json', FOLDER), 'utf8'))
  const used = ending('.json')
    .flatMap((path) => Object.values<string>(json(path).usingComponents ?? {}))
    .flatMap((path) => /^\/tdesign\/([^/]+)\//.exec(path)?.[1] ?? [])

  expect(names).toEqual([...new Set(used)].sort())
})

it('names no file that is not there, and no package', () => {
  for (const path of [
    ...codeOf('.js'),
    ...codeOf('.wxs'),
    ...codeOf('.wxss'),
    ...codeOf('.wxml'),
  ]) {
    for (const [, name = ''] of source(path).matchAll(NAMED)) {
      const target = posix.join(posix.dirname(path), name)
      const found = ['', '.js', '/index.js'].some((end) => tdesignFiles.includes(target + end))
      expect([path, name, name.startsWith('.') && found]).toEqual([path, name, true])
    }
  }
})

it('loads nothing from a server', () => {
  for (const path of tdesignFiles)
    expect([path, /https?:\/\//.test(source(path))]).toEqual([path, false])
})

it('is what the installation copies: nothing is edited or left over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oa-tdesign-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  execFileSync(process.execPath, [fileURLToPath(new URL('take.mjs', FOLDER)), folder])
  const copied = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()

  expect(copied.map((path) => `tdesign/${path}`)).toEqual(tdesignFiles)
  for (const path of copied) {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(source(`tdesign/${path}`))
  }
})

it('has its licence shown', () => {
  const licence = readFileSync(
    new URL('../node_modules/tdesign-miniprogram/LICENSE', import.meta.url),
    'utf8',
  )
  const notice = /Copyright.*/.exec(licence)?.[0].trim()

  expect(licence).toMatch(/MIT License/)
  expect(LICENCES).toContainEqual({ name: 'TDesign MiniProgram', notice })
})
