import stringWidth from 'string-width'
import type { Shell, Values } from './command.ts'

export type Cell = string | number | boolean | null | Date
export type Row = Readonly<Record<string, Cell>>

const textOfCell = (cell: Cell): string => {
  if (cell === null) return '-'
  return cell instanceof Date ? cell.toISOString() : String(cell)
}

/** Columns as wide as what stands in them; a Chinese character takes two places. */
export const tableOf = (rows: readonly Row[]): string[] => {
  const [first] = rows
  if (first === undefined) return []
  const columns = Object.keys(first)
  const lines = [
    columns.map((name) => name.toUpperCase()),
    ...rows.map((row) => columns.map((name) => textOfCell(row[name] ?? null))),
  ]
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => stringWidth(line[index] ?? ''))),
  )
  return lines.map((line) =>
    line
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell)))
      .join('  ')
      .trimEnd(),
  )
}

/** A table for people; with `--json` one array. */
export const printRows = (
  values: Values,
  { print }: Shell,
  rows: readonly Row[],
  none = 'None.',
) => {
  if (values.json === true) return print(JSON.stringify(rows))
  if (rows.length === 0) return print(none)
  for (const line of tableOf(rows)) print(line)
}

/** What was done: a sentence for people; with `--json` one object. */
export const printDone = (values: Values, { print }: Shell, sentence: string, facts: Row) => {
  print(values.json === true ? JSON.stringify(facts) : sentence)
}
