import { createHash } from 'node:crypto'
import { migrateMysql } from '../../src/infra/database/migrations/mysql.ts'
import { migrateSqlite } from '../../src/infra/database/migrations/sqlite.ts'

/** Applies a migration of 300 statements; prints a line before and one after. */
const sql = Array.from(
  { length: 150 },
  (_, index) =>
    `CREATE TABLE many_${index} (id INTEGER PRIMARY KEY); INSERT INTO many_${index} VALUES (1);`,
).join('\n')
const migrations = [
  { name: '1_many', sql, checksum: createHash('sha256').update(sql).digest('hex') },
]
const { url, file } = JSON.parse(process.argv[2] ?? '')

process.stdout.write('started\n')
const applied = await (url === undefined
  ? migrateSqlite(file, migrations)
  : migrateMysql({ url, migrations }))
process.stdout.write(`applied ${applied.join()}\n`)
