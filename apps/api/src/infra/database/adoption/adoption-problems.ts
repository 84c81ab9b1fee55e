import type { Connection } from 'mariadb'

/** Columns that an adopted table gets; it must have all the others. */
const ADDED = new Set(['public_id', 'appid', 'unionid', 'status_reason'])
const SHOWN = 20

/** The bytes of `A-Z a-z 0-9 _ -`, as hex: whatever the collation, this compares bytes. */
const OPENID_HEX = '^(2D|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9A])+$'

const ROW_CHECKS = {
  'no openid': `weixin_openid = ''`,
  'an openid that WeChat cannot have given': `weixin_openid <> '' AND HEX(weixin_openid) NOT REGEXP '${OPENID_HEX}'`,
  'a gender other than 0, 1 and 2': 'gender NOT BETWEEN 0 AND 2',
  'a status other than 0, 1 and 2': 'status NOT BETWEEN 0 AND 2',
}

/** What keeps a `wx_user` table from being adopted, one readable line each; rows are named by their ids. */
export const findProblems = async (
  connection: Connection,
  columns: Map<string, string>,
  existing: Set<string>,
): Promise<string[]> => {
  const absent = [...columns.keys()].filter((name) => !existing.has(name) && !ADDED.has(name))
  if (absent.length > 0) return [`it lacks the columns ${absent.join(', ')}`]

  const rows = await Promise.all(
    Object.entries(ROW_CHECKS).map(async ([problem, condition]) => {
      const ids = await idsWhere(connection, condition)
      return ids.length === 0 ? [] : [`${ids.length} rows have ${problem}: ${list(ids)}`]
    }),
  )
  return [
    ...(await findMandatoryColumns(connection, columns)),
    ...(await findDuplicates(connection)),
    ...rows.flat(),
  ]
}

const idsWhere = async (connection: Connection, condition: string): Promise<number[]> => {
  const rows: { id: number }[] = await connection.query(
    `SELECT id FROM wx_user WHERE ${condition} ORDER BY id`,
  )
  return rows.map(({ id }) => id)
}

/** By exact bytes: openids that differ only in case are two users. */
const findDuplicates = async (connection: Connection): Promise<string[]> => {
  const groups: { ids: string }[] = await connection.query(`
    SELECT GROUP_CONCAT(id ORDER BY id SEPARATOR ' = ') AS ids FROM wx_user
    WHERE weixin_openid <> '' GROUP BY CAST(weixin_openid AS BINARY) HAVING COUNT(*) > 1
    ORDER BY MIN(id)`)
  if (groups.length === 0) return []

  return [`${groups.length} openids belong to several rows: ${list(groups.map(({ ids }) => ids))}`]
}

/** Columns that a new user could not be given, because only the old system knows their values. */
const findMandatoryColumns = async (connection: Connection, columns: Map<string, string>) => {
  const rows: { name: string }[] = await connection.query(`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'wx_user'
      AND is_nullable = 'NO' AND column_default IS NULL AND extra NOT LIKE '%auto_increment%'`)

  return rows
    .filter(({ name }) => !columns.has(name))
    .map(({ name }) => `its column ${name} needs a default value`)
}

const list = (items: readonly (number | string)[]) =>
  items.slice(0, SHOWN).join(', ') + (items.length > SHOWN ? ', …' : '')
