import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PACKAGE = '@oa/api'

/**
 * The package of the API: its `package.json` stands in a folder above this file, wherever source, build
 * or bundle put the file. Null when the file was copied elsewhere without it.
 */
const findOwnPackage = (): { folder: string; version: string } | null => {
  let above = new URL('./', import.meta.url)
  for (;;) {
    const file = new URL('package.json', above)
    const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
    if (isOwn(found)) return { folder: fileURLToPath(above), version: found.version }
    const next = new URL('../', above)
    if (next.href === above.href) return null
    above = next
  }
}

const isOwn = (found: unknown): found is { version: string } =>
  typeof found === 'object' &&
  found !== null &&
  'name' in found &&
  found.name === PACKAGE &&
  'version' in found &&
  typeof found.version === 'string'

const own = findOwnPackage()

/** Of the release that runs. */
export const VERSION = own?.version ?? 'unknown'

/** Where data is kept by default: beside the source, or else in the folder that the process runs in. */
export const DEFAULT_DATA_DIR = `${own?.folder ?? `${process.cwd()}/`}.data`
