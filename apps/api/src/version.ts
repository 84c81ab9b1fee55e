import { existsSync, readFileSync } from 'node:fs'

const PACKAGE = '@oa/api'

/** `package.json` stands in a folder above this file, wherever source, build or bundle put the file. */
const readVersion = (): string => {
  let above = new URL('./', import.meta.url)
  for (;;) {
    const file = new URL('package.json', above)
    const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
    if (isOwn(found)) return found.version
    const next = new URL('../', above)
    if (next.href === above.href) return 'unknown'
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

/** Of the release that runs. */
export const VERSION = readVersion()
