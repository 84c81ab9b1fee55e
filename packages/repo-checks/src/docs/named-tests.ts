import { posix } from 'node:path'
import type { Page } from './links.ts'

/** A link to a file of tests, and after it names of its tests in “ ”. */
const NAMED = /\]\((?<target>[^)\s]+\.test\.ts)\)(?<names>(?: “[^”]+”)+)/g
const NAME = /“(?<name>[^”]+)”/g

/** Every test that a page names beside a link to its file, and that the file lacks. */
export const checkNamedTests = (
  pages: Page[],
  read: (path: string) => string | undefined,
): string[] =>
  pages.flatMap(({ path, text }) =>
    [...text.matchAll(NAMED)].flatMap(({ groups }) => {
      const target = posix.join(posix.dirname(path), groups?.target ?? '')
      const source = read(target)
      // A missing file is a broken link, which has its own check.
      if (source === undefined) return []
      return [...(groups?.names ?? '').matchAll(NAME)]
        .map((match) => match.groups?.name ?? '')
        .filter((name) => !source.includes(name))
        .map((name) => `${path} names “${name}”, which ${target} lacks`)
    }),
  )
