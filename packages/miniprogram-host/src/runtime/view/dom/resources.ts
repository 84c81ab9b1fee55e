import { join } from '../../loader/modules.ts'
import type { DomRuntime } from './look.ts'

/** Where the page server serves the project's files. */
export const ASSET_PATH = '/assets/'

/** URL under which a browser finds what an app names as a picture's source. */
export const resourceUrl = (source: string, { files, router }: DomRuntime): string => {
  if (source === '' || /^(data|blob):/.test(source)) return source
  const temporary = files.readBase64(source)
  if (temporary !== null) return `data:image/png;base64,${temporary}`
  if (/^https?:\/\//.test(source)) return source
  const folder = source.startsWith('/') ? [] : (router.top()?.path.split('/').slice(0, -1) ?? [])
  return ASSET_PATH + join(folder, source)
}
