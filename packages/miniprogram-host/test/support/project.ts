import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const CONFIG = { appid: 'wx0123456789abcdef', compileType: 'miniprogram', libVersion: '3.8.0' }

/** Changes to the files of the smallest mini-program, by path; `undefined` removes a file. */
export type Files = Record<string, string | undefined>

/** Writes a mini-program with one page, `pages/a/a`, and `files`; removed after the test. */
export const writeProject = (files: Files = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'miniprogram-host-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const all: Files = {
    'project.config.json': JSON.stringify(CONFIG),
    'app.json': JSON.stringify({ pages: ['pages/a/a'] }),
    'app.ts': 'App({})',
    'pages/a/a.ts': 'Page({})',
    'pages/a/a.wxml': '<view class="a">a</view>',
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    if (text === undefined) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** A page whose template is `wxml` and whose definition is `definition`. */
export const onePage = (definition: string, wxml = '<view />', more: Files = {}): string =>
  writeProject({ 'pages/a/a.ts': `Page(${definition})`, 'pages/a/a.wxml': wxml, ...more })
