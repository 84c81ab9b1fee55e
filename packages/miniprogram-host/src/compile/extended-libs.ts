import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problems } from './problems.ts'
import type { ProjectFiles } from './project-files.ts'

/** Libraries that `useExtendedLib` of app.json adds to a project, by their name there. */
const LIBRARIES: Record<string, { packageName: string; folder: string; style: string | null }> = {
  weui: {
    packageName: 'weui-miniprogram',
    folder: 'miniprogram_dist',
    style: 'weui-wxss/dist/style/weui.wxss',
  },
}

/**
 * Adds the libraries that app.json asks for, as if npm had been built; returns their style sheets.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#useExtendedLib
 */
export const addExtendedLibs = (
  files: ProjectFiles,
  wanted: Record<string, unknown>,
  problems: Problems,
): string[] => {
  const styles: string[] = []
  for (const name of Object.keys(wanted).filter((key) => wanted[key] === true)) {
    const library = LIBRARIES[name]
    const folder = library && packageFolder(files.root, library.packageName)
    if (!library || !folder) {
      const how = library ? `install ${library.packageName}` : 'it is not supported'
      problems.add('app.json', `"${name}"`, `the extended library ${name} is not there; ${how}`)
      continue
    }
    const place = `miniprogram_npm/${library.packageName}`
    files.mount(place, join(folder, library.folder))
    if (library.style !== null) styles.push(`${place}/${library.style}`)
  }
  return styles
}

/** The package as the project has it, else as this host has it. */
const packageFolder = (root: string, packageName: string): string | null =>
  findUpwards(root, packageName) ??
  findUpwards(dirname(fileURLToPath(import.meta.url)), packageName)

const findUpwards = (start: string, packageName: string): string | null => {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', packageName)
    if (existsSync(found)) return found
    if (folder === dirname(folder)) return null
  }
}
