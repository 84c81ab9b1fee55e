import type { Connection } from 'mariadb'
import { MigrationRefused } from '../migrations/plan.ts'
import { findProblems } from './adoption-problems.ts'

export type Adoption = {
  /** The mini-program whose openids the table holds. */
  appId: string
  /** The time zone of its times; `+08:00` by default. */
  utcOffset?: string | undefined
}

/**
 * Gives an existing `wx_user` the shape that `createWxUser`, the statement of the first migration,
 * would have made. Rows keep their ids, names and times (as UTC); each gets the appid and a public_id;
 * unknown columns stay. Refuses, having changed nothing, when two rows have one openid or a
 * row has none. Interrupted anywhere, it can be called again. Nothing else may write the table meanwhile.
 */
export const adoptWxUser = async (
  connection: Connection,
  createWxUser: string,
  { appId, utcOffset = '+08:00' }: Adoption,
): Promise<void> => {
  const { columns, keys, existing, problems } = await examine(connection, createWxUser)
  if (existing.keys.has(IDENTITY_KEY)) return

  if (problems.length > 0) {
    throw new MigrationRefused(
      `wx_user cannot be adopted, and nothing was changed:\n${problems.map((line) => `- ${line}`).join('\n')}`,
    )
  }
  if (!existing.columns.has('public_id'))
    await connection.query(addColumns(columns, existing.columns))
  await connection.query(FILL_ROWS, { appId, offset: minutesOf(utcOffset) })
  await connection.query(tighten(columns, keys, existing.keys))
}

/** What an adoption would do, to the numbers of rows. */
export type AdoptionPlan = {
  /** Nothing is left to adopt. */
  adopted: boolean
  users: { all: number; active: number; frozen: number; closed: number }
  addedColumns: string[]
  /** The columns of the old system, which stay. */
  otherColumns: string[]
  /** The newest sign-in, as it is written and as it would be understood. */
  lastSignIn: { written: string; utc: string } | null
  problems: string[]
}

/** Looks at what `adoptWxUser` would do; changes nothing. */
export const planAdoption = async (
  connection: Connection,
  createWxUser: string,
  { utcOffset = '+08:00' }: Pick<Adoption, 'utcOffset'>,
): Promise<AdoptionPlan> => {
  const { columns, existing, problems } = await examine(connection, createWxUser)
  const adopted = existing.keys.has(IDENTITY_KEY)
  const named = (name: string) => existing.columns.has(name)
  return {
    adopted,
    users: await countUsers(connection, named),
    addedColumns: [...columns.keys()].filter((name) => !named(name)),
    otherColumns: [...existing.columns].filter((name) => !columns.has(name)),
    lastSignIn:
      adopted || !named('last_login_time') ? null : await readLastSignIn(connection, utcOffset),
    problems: adopted ? [] : problems,
  }
}

const examine = async (connection: Connection, createWxUser: string) => {
  const { columns, keys } = parseTable(createWxUser)
  const existing = await readShape(connection)
  return {
    columns,
    keys,
    existing,
    problems: await findProblems(connection, columns, existing.columns),
  }
}

/** As `FILL_ROWS` would have it: who was deleted is closed. */
const countUsers = async (connection: Connection, named: (column: string) => boolean) => {
  const closed = [named('status') ? 'status = 2' : '', named('deleted') ? 'deleted = 1' : '']
    .filter((one) => one !== '')
    .join(' OR ')
  const state =
    closed === '' ? '0' : `CASE WHEN ${closed} THEN 2 ELSE ${named('status') ? 'status' : '0'} END`
  const rows: { state: number; count: number | bigint }[] = await connection.query(
    `SELECT ${state} AS state, COUNT(*) AS count FROM wx_user GROUP BY state`,
  )
  const of = (wanted: number) =>
    Number(rows.find(({ state: one }) => Number(one) === wanted)?.count ?? 0)
  const [active, frozen, closedCount] = [of(0), of(1), of(2)]
  const all = rows.reduce((sum, { count }) => sum + Number(count), 0)
  return { all, active, frozen, closed: closedCount }
}

const readLastSignIn = async (connection: Connection, utcOffset: string) => {
  const [row]: { written: string | null; utc: string | null }[] = await connection.query(
    {
      namedPlaceholders: true,
      sql: `SELECT CAST(MAX(last_login_time) AS CHAR) AS written,
      CAST(MAX(last_login_time) - INTERVAL :offset MINUTE AS CHAR) AS utc FROM wx_user`,
    },
    { offset: minutesOf(utcOffset) },
  )
  return row?.written && row.utc ? { written: row.written, utc: row.utc } : null
}

export const hasTable = async (connection: Connection, name: string): Promise<boolean> => {
  const rows: unknown[] = await connection.query(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?`,
    [name],
  )
  return rows.length > 0
}

/** The last thing to be made: a table that has it is adopted. */
const IDENTITY_KEY = 'wx_user_appid_weixin_openid_key'

const UUID_V4 = `LOWER(CONCAT_WS('-',
  HEX(RANDOM_BYTES(4)), HEX(RANDOM_BYTES(2)), CONCAT('4', RIGHT(HEX(RANDOM_BYTES(2)), 3)),
  CONCAT(ELT(1 + FLOOR(RAND() * 4), '8', '9', 'A', 'B'), RIGHT(HEX(RANDOM_BYTES(2)), 3)),
  HEX(RANDOM_BYTES(6))))`

/** A time as UTC; null for none and for zero dates. */
const utc = (column: string) => `IF(${column} = 0, NULL, ${column} - INTERVAL :offset MINUTE)`

/**
 * One statement, so that it happens once to each row. Assignments take effect in their order. Users
 * that the old system deleted are closed, not free to sign in again.
 */
const FILL_ROWS = {
  namedPlaceholders: true,
  sql: `
    UPDATE wx_user SET
      public_id = ${UUID_V4},
      appid = :appId,
      add_time = COALESCE(${utc('add_time')}, ${utc('update_time')}, ${utc('last_login_time')}, UTC_TIMESTAMP()),
      update_time = COALESCE(${utc('update_time')}, add_time),
      last_login_time = COALESCE(${utc('last_login_time')}, add_time),
      birthday = IF(birthday = 0, NULL, birthday),
      user_level = COALESCE(user_level, 0),
      deleted = COALESCE(deleted, 0),
      status = IF(deleted = 1, 2, status)
    WHERE public_id IS NULL`,
}

type Columns = Map<string, string>

const addColumns = (columns: Columns, existing: Set<string>) => {
  const added = [...columns].filter(([name]) => !existing.has(name))
  const clauses = added.map(
    ([name, definition]) => `ADD COLUMN \`${name}\` ${definition.replace(/ NOT NULL.*$/, ' NULL')}`,
  )
  return `ALTER TABLE wx_user ${clauses.join(', ')}`
}

const tighten = (columns: Columns, keys: Columns, existingKeys: Set<string>) => {
  const clauses = [
    ...[...columns].map(([name, definition]) => `MODIFY COLUMN \`${name}\` ${definition}`),
    ...[...keys].filter(([name]) => !existingKeys.has(name)).map(([, key]) => `ADD ${key}`),
    'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci',
    'ROW_FORMAT = DYNAMIC',
  ]
  return `ALTER TABLE wx_user ${clauses.join(', ')}`
}

/** Columns and keys of a CREATE TABLE that has each on a line of its own. */
const parseTable = (createTable: string) => {
  const lines = createTable.split('\n').map((line) => line.trim().replace(/,$/, ''))
  const named = (pattern: RegExp) =>
    new Map(
      lines.flatMap((line) => {
        const [, name, rest] = pattern.exec(line) ?? []
        return name === undefined || rest === undefined ? [] : [[name, rest] as const]
      }),
    )

  return {
    columns: named(/^`(\w+)` (.+)$/),
    keys: named(/^(?=(?:UNIQUE INDEX|INDEX|CONSTRAINT) `(\w+)`)(.+)$/),
  }
}

const readShape = async (connection: Connection) => {
  const names = async (view: 'columns' | 'statistics', column: string) => {
    const rows: { name: string }[] = await connection.query(
      `SELECT DISTINCT ${column} AS name FROM information_schema.${view}
       WHERE table_schema = DATABASE() AND table_name = 'wx_user'`,
    )
    return new Set(rows.map(({ name }) => name))
  }
  return {
    columns: await names('columns', 'column_name'),
    keys: await names('statistics', 'index_name'),
  }
}

const MINUTES_PER_HOUR = 60

const minutesOf = (utcOffset: string) => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(utcOffset) ?? []
  if (sign === undefined) throw new TypeError(`not an offset like +08:00: ${utcOffset}`)

  return (sign === '-' ? -1 : 1) * (Number(hours) * MINUTES_PER_HOUR + Number(minutes))
}
