import { posix } from 'node:path'

export type Page = { path: string; text: string }

const FENCE = /^```.*?^```/gms
const LINK = /\]\((?<target>[^)\s]+)\)/g

/** Every link to a file of the repository that is not there. `exists` takes a path from the root. */
export const checkLinks = (pages: Page[], exists: (path: string) => boolean): string[] =>
  pages.flatMap(({ path, text }) =>
    [...text.replace(FENCE, '').matchAll(LINK)].flatMap(({ groups }) => {
      const [target = ''] = (groups?.target ?? '').split('#')
      if (target === '' || /^[a-z]+:/.test(target)) return []
      return exists(posix.join(posix.dirname(path), target))
        ? []
        : [`${path} links to ${target}, which is not there`]
    }),
  )
