import { expect, it } from 'vitest'
import { insertInto, placeholders } from './statement.ts'

type Row = { id: number; name: string }

const COLUMNS = { id: ({ id }: Row) => id, name: ({ name }: Row) => name }
const ROWS: Row[] = [
  { id: 1, name: 'one' },
  { id: 2, name: 'two' },
]

it('inserts row by row on SQLite, all rows at once on MySQL', () => {
  const { sqlite, mysql } = insertInto<Row>('note', COLUMNS)

  expect(sqlite.text).toBe('INSERT INTO note (id, name) VALUES (?, ?)')
  expect(ROWS.map(sqlite.values)).toEqual([
    [1, 'one'],
    [2, 'two'],
  ])
  expect(mysql(ROWS)).toEqual({
    text: 'INSERT INTO note (id, name) VALUES (?, ?), (?, ?)',
    values: [1, 'one', 2, 'two'],
  })
})

it('leaves out rows whose key is there, in the words of each engine', () => {
  const { sqlite, mysql } = insertInto<Row>('note', COLUMNS, { skipConflictOn: ['id', 'name'] })

  expect(sqlite.text).toMatch(/VALUES \(\?, \?\) ON CONFLICT \(id, name\) DO NOTHING$/)
  expect(mysql(ROWS).text).toMatch(/\(\?, \?\) ON DUPLICATE KEY UPDATE id = id$/)
})

it.each([
  [0, ''],
  [1, '?'],
  [3, '?, ?, ?'],
])('has %i placeholders', (count, text) => {
  expect(placeholders(count)).toBe(text)
})
