import { compareTables } from '../docs/compare-tables.ts'
import type { ArrowTable } from './table.ts'

const HEAD = '| feature | may import |'

/** The table of arrows as `docs/ARCHITECTURE.md` has to show it. */
export const arrowsAsMarkdown = ({ features }: ArrowTable): string => {
  const rows = Object.entries(features).map(
    ([feature, targets]) => `| ${feature} | ${targets.join(', ') || '–'} |`,
  )
  return [HEAD, '|---|---|', ...rows].join('\n')
}

/** Says how the table of arrows in the page differs from the one in the code. */
export const checkArchitecturePage = (page: string, table: ArrowTable): string[] =>
  compareTables('docs/ARCHITECTURE.md', tableIn(page), arrowsAsMarkdown(table))

/** The page has other tables as well. */
const tableIn = (page: string) => {
  const lines = page.split('\n')
  const start = lines.indexOf(HEAD)
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  return start < 0 ? '' : lines.slice(start, end < 0 ? lines.length : end).join('\n')
}
