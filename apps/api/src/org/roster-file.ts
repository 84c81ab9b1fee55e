import { TextDecoder } from 'node:util'
import { CsvError, parse } from 'csv-parse/sync'
import { readRosterPhone } from './roster-phone.ts'

/** One person of the roster; `line` is where the file names them. */
export type RosterLine = {
  line: number
  name: string
  phone: string
  department: string
  title: string
}
export type Refused = { line: number; why: string }

const COLUMNS = {
  name: ['姓名', 'name'],
  phone: ['手机号', '手机', '电话', 'phone'],
  department: ['部门', 'department'],
  title: ['职务', '职位', 'title'],
} as const satisfies Record<Exclude<keyof RosterLine, 'line'>, readonly string[]>
type Column = keyof typeof COLUMNS

const MAX_LENGTH = 40

type IsShowable = (text: string) => boolean

/** The people of a CSV file, and each line that names nobody, with the reason. */
export const readRoster = (
  file: Buffer,
  isShowable: IsShowable,
): { people: RosterLine[]; refused: Refused[] } => {
  const [header, ...rest] = readRows(decode(file))
  if (header === undefined) return { people: [], refused: [{ line: 1, why: 'the file is empty' }] }
  const at = findColumns(header.cells)
  if (at.name === -1 || at.phone === -1) {
    return { people: [], refused: [{ line: 1, why: 'the columns 姓名 and 手机号 are needed' }] }
  }
  const people: RosterLine[] = []
  const refused: Refused[] = []
  const seen = new Map<string, number>()
  for (const { line, cells } of rest) {
    const read = (column: Column) => (cells[at[column]] ?? '').normalize('NFC').trim()
    const phone = readRosterPhone(read('phone'))
    const person = {
      line,
      name: read('name'),
      department: read('department'),
      title: read('title'),
    }
    const why = whyRefused(person, phone, seen, isShowable)
    if (why !== null || phone === null) {
      refused.push({ line, why: why ?? '' })
      continue
    }
    seen.set(phone, line)
    people.push({ ...person, phone })
  }
  return { people, refused }
}

/** Excel in China writes GBK by default. */
const decode = (file: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder('gb18030').decode(file)
  }
}

type Row = { line: number; cells: string[] }

const readRows = (text: string): Row[] => {
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      skipRecordsWithEmptyValues: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new RosterUnreadable(`the file is no CSV: ${error.message}`)
  }
}

/** Nothing of the file can be used. */
export class RosterUnreadable extends Error {
  override readonly name = 'RosterUnreadable'
}

const findColumns = (header: readonly string[]): Record<Column, number> => {
  const names = header.map((cell) => cell.trim().toLowerCase())
  const at = (column: Column) =>
    names.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name))
  return { name: at('name'), phone: at('phone'), department: at('department'), title: at('title') }
}

const whyRefused = (
  { name, department, title }: Omit<RosterLine, 'phone' | 'line'>,
  phone: string | null,
  seen: ReadonlyMap<string, number>,
  isShowable: IsShowable,
): string | null => {
  if (name === '') return '姓名 is missing'
  for (const [column, text] of Object.entries({ 姓名: name, 部门: department, 职务: title })) {
    if ([...text].length > MAX_LENGTH) return `${column} is longer than ${MAX_LENGTH} characters`
    if (!isShowable(text)) return `${column} has characters that cannot be shown`
  }
  if (phone === null) return '手机号 is no phone number'
  const first = seen.get(phone)
  return first === undefined ? null : `the number stands in line ${first} already`
}
