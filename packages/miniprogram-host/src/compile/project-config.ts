import { existsSync, readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { isOlder } from '../runtime/versions.ts'
import type { AppConfig, TabBarConfig, ThemeVariables } from './bundle.ts'
import { CompileError, positionOf } from './compile-error.ts'
import { withoutConfig } from './foreign-folder.ts'
import type { Problems } from './problems.ts'
import type { ProjectFiles } from './project-files.ts'
import { parseJsonObject } from './project-files.ts'
import { findScript } from './scripts.ts'

export interface ProjectConfig {
  root: string
  appId: string
  sdkVersion: string
  projectName: string
  /** Paths below the root that `packOptions.ignore` excludes from the package. */
  ignoredFolders: string[]
  /** Whether unused code is left out of the package. */
  packsUsedCodeOnly: boolean
  /** Problems of the configuration, with what is used instead. */
  warnings: string[]
}

const DEFAULT_SDK_VERSION = '3.8.0'
/** miniprogram-automator refuses to connect to an older base library. */
const OLDEST_SDK_VERSION = '2.7.3'

/** Reads project.config.json; project.private.config.json takes precedence over it. */
export const readProjectConfig = (projectPath: string): ProjectConfig => {
  const warnings: string[] = []
  const shared =
    readConfigFile(projectPath, 'project.config.json') ?? withoutConfig(projectPath, warnings)
  const own = readConfigFile(projectPath, 'project.private.config.json') ?? {}
  const config = { ...shared, ...own }
  return {
    root: resolve(projectPath, text(config.miniprogramRoot, '.')),
    appId: text(config.appid, 'touristappid'),
    sdkVersion: sdkVersionOf(config.libVersion, warnings),
    projectName: text(config.projectname, 'miniprogram'),
    ignoredFolders: ignoredFolders(shared),
    packsUsedCodeOnly: record(config.setting).ignoreUploadUnusedFiles === true,
    warnings,
  }
}

/** Words such as `latest` stand for a version that only DevTools knows. */
const sdkVersionOf = (value: unknown, warnings: string[]): string => {
  const version = text(value, DEFAULT_SDK_VERSION)
  if (!/^\d+(?:\.\d+)*$/.test(version)) return DEFAULT_SDK_VERSION
  if (!isOlder(version, OLDEST_SDK_VERSION)) return version
  warnings.push(
    `project.config.json:1:1: libVersion ${version} is older than miniprogram-automator accepts; ` +
      `${OLDEST_SDK_VERSION} is used`,
  )
  return OLDEST_SDK_VERSION
}

/** Reads app.json: pages, including those of subpackages, tab bar and window. */
export const readAppConfig = (files: ProjectFiles, problems: Problems): AppConfig => {
  if (!files.has('app.json')) throw new CompileError('app.json', 1, 1, 'file not found')
  const source = files.read('app.json')
  const raw = files.readJson('app.json')
  const subpackages = subpackagesOf(raw)
  const listed = [...stringList(raw.pages), ...subpackages.flatMap((sub) => sub.pages)]
  const pages = presentPages(files, problems, listed)
  const [first] = pages
  if (first === undefined) {
    const { line, column } = positionOf(source, '"pages"')
    throw new CompileError('app.json', line, column, '"pages" names no page')
  }
  const tabBar = readTabBar(raw.tabBar)
  for (const { pagePath } of tabBar?.list ?? []) {
    if (pages.includes(pagePath)) continue
    problems.add('app.json', `"${pagePath}"`, `tab "${pagePath}" is not in "pages"; it cannot open`)
  }
  const entry = text(raw.entryPagePath, first).replace(/^\//, '')
  return {
    pages,
    subpackages: subpackages.map(({ root }) => root),
    entryPagePath: pages.includes(entry) ? entry : first,
    window: record(raw.window),
    tabBar,
    usesPrivacyCheck: raw.__usePrivacyCheck__ === true,
    darkmode: raw.darkmode === true,
    usesNewLook: raw.style === 'v2',
    raw,
  }
}

/** Pages of which at least one file exists; WeChat does not know the others either. */
const presentPages = (files: ProjectFiles, problems: Problems, listed: string[]): string[] => {
  const pages = [...new Set(listed.map((page) => page.replace(/^\//, '').replace(/\.html$/, '')))]
  return pages.filter((page) => {
    const isPresent = files.has(`${page}.wxml`) || findScript(files, page) !== null
    if (!isPresent) {
      const reason = `${page}.js and ${page}.wxml are missing; the page cannot be opened`
      problems.add('app.json', page.split('/').at(-1) ?? page, reason)
    }
    return isPresent
  })
}

/** Roots and pages of the subpackages. WeChat accepts both spellings of the key. */
export const subpackagesOf = (
  raw: Record<string, unknown>,
): { root: string; pages: string[] }[] => {
  const list = raw.subPackages ?? raw.subpackages
  if (!Array.isArray(list)) return []
  return list.map((entry: unknown) => {
    const root = text(record(entry).root, '').replace(/^\/|\/$/g, '')
    const pages = stringList(record(entry).pages).map((page) => posix.join(root, page))
    return { root, pages }
  })
}

export const readTheme = (files: ProjectFiles, app: AppConfig): ThemeVariables => {
  const location = text(app.raw.themeLocation, 'theme.json')
  const theme = files.readJson(location)
  return { light: record(theme.light), dark: record(theme.dark) }
}

const readConfigFile = (projectPath: string, name: string) => {
  const path = join(projectPath, name)
  return existsSync(path) ? parseJsonObject(readFileSync(path, 'utf8'), name) : null
}

const ignoredFolders = (config: Record<string, unknown>): string[] => {
  const ignore = record(config.packOptions).ignore
  if (!Array.isArray(ignore)) return []
  return ignore
    .map((rule: unknown) => record(rule))
    .filter((rule) => rule.type === 'folder' || rule.type === 'file')
    .map((rule) => text(rule.value, '').replace(/^\/|\/$/g, ''))
}

const readTabBar = (value: unknown): TabBarConfig | null => {
  const tabBar = record(value)
  if (!Array.isArray(tabBar.list) || tabBar.list.length === 0) return null
  const list = tabBar.list.map((tab: unknown) => {
    const { pagePath, text: label, ...icons } = record(tab)
    return { ...icons, pagePath: text(pagePath, '').replace(/^\//, ''), text: text(label, '') }
  })
  return { ...tabBar, list } as TabBarConfig
}

const text = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const stringList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
