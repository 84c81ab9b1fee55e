import { compareTables } from './compare-tables.ts'

const WORDS_OF_HALF_A_PAGE = 350
const STATUS = /^(accepted|superseded by \d{4})$/

/** A decision record: its file name in `docs/decisions` and its text. */
export type RecordFile = { name: string; text: string }
type Head = { number: string; title: string; status: string; date: string }

const FORM =
  /^# (?<number>\d{4}) (?<title>.+)\n\n- Status: (?<status>.+)\n- Date: (?<date>\d{4}-\d{2}-\d{2})\n\n## Context\n[\s\S]+\n## Decision\n[\s\S]+\n## Consequences\n/

/** Says which records lack the form that all share, and whether the index lists them as they are. */
export const checkDecisions = (records: RecordFile[], index: string): string[] => [
  ...records.flatMap(checkRecord),
  ...checkIndex(records, index),
]

const readHead = ({ text }: RecordFile): Head | null => {
  const { number, title, status, date } = FORM.exec(text)?.groups ?? {}
  return number && title && status && date ? { number, title, status, date } : null
}

const checkRecord = (record: RecordFile): string[] => {
  const where = `docs/decisions/${record.name}`
  const head = readHead(record)
  if (head === null)
    return [`${where} needs a title with its number, status, date, context, decision, consequences`]
  const words = record.text.split(/\s+/).length
  return [
    record.name.startsWith(`${head.number}-`) ? '' : `${where} calls itself ${head.number}`,
    STATUS.test(head.status) ? '' : `${where} has the unknown status ${head.status}`,
    words <= WORDS_OF_HALF_A_PAGE ? '' : `${where} has ${words} words: half a page is enough`,
  ].filter((problem) => problem !== '')
}

/** The index as `docs/decisions/README.md` has to show it. */
export const indexAsMarkdown = (records: RecordFile[]): string =>
  [
    '| number | title | status | date |',
    '|---|---|---|---|',
    ...records.flatMap((record) => {
      const head = readHead(record)
      if (head === null) return []
      const { number, title, status, date } = head
      return `| [${number}](${record.name}) | ${title} | ${status} | ${date} |`
    }),
  ].join('\n')

const checkIndex = (records: RecordFile[], index: string): string[] =>
  compareTables('docs/decisions/README.md', index, indexAsMarkdown(records))
