import { analyse } from 'scslre'
import type { Pattern } from './read-patterns.ts'

/**
 * One line for each regular expression that some text keeps busy for longer than in proportion to its
 * length: a request of a few kilobytes could hold the server up for seconds (ReDoS).
 */
export const checkPatterns = (path: string, patterns: readonly Pattern[]): string[] =>
  patterns
    .filter(({ source, flags }) => analyse(new RegExp(source, flags)).reports.length > 0)
    .map(({ line, source }) => `${path}:${line}: /${source}/ takes more than linear time`)
