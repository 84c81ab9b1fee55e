import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { join } from '../../loader/modules.ts'
import type { DomRuntime } from './look.ts'

/** URL path prefix of the project's files at the page server. */
export const ASSET_PATH = '/assets/'

/**
 * The URL for a browser of a media source in the app: a file, a temporary file or a URL. A relative
 * path begins at the folder of the template's page or component, also while another page is shown.
 */
export const resourceUrl = (
  source: string,
  owner: glassEasel.GeneralComponent | null,
  { files }: Pick<DomRuntime, 'files'>,
): string => {
  if (source === '' || /^(data|blob):/.test(source)) return source
  const temporary = files.readBase64(source)
  if (temporary !== null) return `data:image/png;base64,${temporary}`
  if (/^https?:\/\//.test(source)) return source
  const template = owner?.ownerShadowRoot?.getHostNode().is ?? ''
  const folder = source.startsWith('/') ? [] : template.split('/').slice(0, -1)
  return ASSET_PATH + join(folder, source)
}
