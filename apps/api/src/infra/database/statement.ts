/** What a statement is given. The engine writes a `Date` as Prisma does: in UTC, to the millisecond. */
export type Value = string | number | Date | null

/** A statement with its values; `?` stands for each of them, in their order. */
export type BoundStatement = { text: string; values: readonly Value[] }

/**
 * One constant statement about rows of one kind, as each engine runs it best: SQLite has no round
 * trip to save, so it runs a prepared statement once for each row; MySQL and MariaDB run one
 * statement for all rows. The texts hold no value of a request.
 */
export type Statement<Row> = {
  sqlite: { text: string; values: (row: Row) => readonly Value[] }
  mysql: (rows: readonly Row[]) => BoundStatement
}

/** A statement that finds rows. Its author vouches that the text selects the fields of `Found`. */
export type Query<Row, Found extends object> = Statement<Row> & {
  /** The columns that hold times; they are read as `Date`. */
  times: readonly (keyof Found & string)[]
}

type Columns<Row> = Record<string, (row: Row) => Value>

type InsertOptions = {
  /** The columns of a unique key: a row whose key is there already is left out. */
  skipConflictOn?: readonly string[]
}

/** The statement that inserts rows; `columns` says where the value of each column comes from. */
export const insertInto = <Row>(
  table: string,
  columns: Columns<Row>,
  { skipConflictOn }: InsertOptions = {},
): Statement<Row> => {
  const getters = Object.values(columns)
  const head = `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) VALUES `
  const row = `(${placeholders(getters.length)})`
  const skip = skipConflictOn === undefined ? null : skipConflictOn.join(', ')
  // The assignment changes nothing; INSERT IGNORE would hide every other failure too.
  const [key] = skipConflictOn ?? []
  const keep = key === undefined ? '' : ` ON DUPLICATE KEY UPDATE ${key} = ${key}`
  const values = (one: Row) => getters.map((get) => get(one))

  return {
    sqlite: {
      text: `${head}${row}${skip === null ? '' : ` ON CONFLICT (${skip}) DO NOTHING`}`,
      values,
    },
    mysql: (rows) => ({
      text: `${head}${repeat(row, rows.length)}${keep}`,
      values: rows.flatMap(values),
    }),
  }
}

/** `?, ?, ?`, as often as `count`. */
export const placeholders = (count: number): string => repeat('?', count)

const repeat = (text: string, count: number) => Array<string>(count).fill(text).join(', ')

/** Makes a `Date` of the columns of a row that hold times, in place; `readTime` reads the engine's text. */
export const readTimes = (
  row: object,
  times: readonly string[],
  readTime: (text: string) => Date,
): void => {
  for (const name of times) {
    const value: unknown = Reflect.get(row, name)
    if (typeof value === 'string') Reflect.set(row, name, readTime(value))
  }
}
