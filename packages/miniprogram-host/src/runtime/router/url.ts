import { join } from '../loader/modules.ts'

export interface Location {
  /** Without leading slash. */
  path: string
  query: Record<string, string>
}

/** Parses a page's URL; a path without leading slash is relative to the page `from`. */
export const parseUrl = (url: unknown, from: string | undefined): Location => {
  const [rawPath = '', rawQuery = ''] = split(String(url ?? ''), '?')
  const folder = from && !rawPath.startsWith('/') ? from.split('/').slice(0, -1) : []
  return { path: join(folder, rawPath.replace(/\.html$/, '')), query: parseQuery(rawQuery) }
}

/** The query as WeChat passes it to onLoad: names and values are not decoded. */
const parseQuery = (text: string): Record<string, string> => {
  const pairs = text.split('&').filter((pair) => pair !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = split(pair, '=')
      return [name, value]
    }),
  )
}

const split = (text: string, separator: string): string[] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
