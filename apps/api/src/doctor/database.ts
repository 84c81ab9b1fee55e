import type { Connection } from 'mariadb'
import type { Config } from '../config/load-config.ts'
import { connectMysql } from '../infra/database/mysql-connect.ts'
import { openDatabase } from '../infra/database/open-database.ts'
import type { Finding } from './finding.ts'
import { fine, problem, skipped } from './finding.ts'

const MAX_SKEW_MS = 60_000
/** Of tables to which the server only appends. */
const APPEND_ONLY = ['login_event', 'operator_audit', 'audit_event']
const COLLATION = 'utf8mb4_unicode_520_ci'
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]'])

export const examineDatabase = async ({
  database,
}: Pick<Config, 'database'>): Promise<Finding[]> => {
  const migrations = await examineMigrations(database)
  if (!('url' in database)) return [migrations, skipped('tables', 'SQLite')]
  const connection = await connectMysql(database.url).catch(() => null)
  if (connection === null) return [migrations]
  try {
    return [
      migrations,
      await examineTables(connection),
      await examineGrants(connection),
      await examineClock(connection),
      examineTls(database.url),
    ]
  } finally {
    await connection.end()
  }
}

/** Opening it says what is wrong with the address, the password and the migrations. */
const examineMigrations = async (database: Config['database']): Promise<Finding> => {
  try {
    await (await openDatabase(database)).close()
    return fine('database', 'answers, and has all migrations of this release')
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return problem(
      'database',
      found,
      'run `oa migrate` when it lacks migrations; else look at DATABASE_URL and whether it runs',
      '若缺少迁移，请执行 `oa migrate`；否则请检查 DATABASE_URL 以及数据库是否在运行',
    )
  }
}

const examineTables = async (connection: Connection): Promise<Finding> => {
  const rows: { name: string }[] = await connection.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'
       AND (engine <> 'InnoDB' OR table_collation <> '${COLLATION}')`,
  )
  const names = rows.map(({ name }) => name).join(', ')
  return names === ''
    ? fine('tables', `InnoDB and ${COLLATION}`)
    : problem(
        'tables',
        `another engine or collation: ${names}`,
        `ALTER TABLE … ENGINE=InnoDB, and DEFAULT COLLATE ${COLLATION}; do not convert its columns`,
        `请将这些表改为 InnoDB，并将默认排序规则设为 ${COLLATION}（不要转换列）`,
      )
}

/** Who may rewrite what happened can hide it. */
const examineGrants = async (connection: Connection): Promise<Finding> => {
  const rows: Record<string, string>[] = await connection.query('SHOW GRANTS')
  const [schema] = (await connection.query('SELECT DATABASE() AS name')) as { name: string }[]
  const grants = rows.flatMap((row) => Object.values(row))
  const rewritable = APPEND_ONLY.filter((table) =>
    grants.some((grant) => mayRewrite(grant, schema?.name ?? '', table)),
  )
  return rewritable.length === 0
    ? fine('grants', 'what is only appended to cannot be rewritten')
    : problem(
        'grants',
        `this database user may rewrite ${rewritable.join(', ')}`,
        'give the server a user with the grants of apps/api/README.md; `oa migrate` uses another one',
        '请为服务配置仅具 apps/api/README.md 所列权限的数据库用户；`oa migrate` 使用另一个用户',
      )
}

/** Whether `GRANT … ON scope TO …` allows UPDATE or DELETE of the table. */
export const mayRewrite = (grant: string, schema: string, table: string): boolean => {
  const [, rights = '', scope = ''] = /^GRANT (.+?) ON (\S+) TO /i.exec(grant) ?? []
  const plain = scope.replaceAll('`', '').replaceAll('\\', '')
  const applies = ['*.*', `${schema}.*`, `${schema}.${table}`].includes(plain)
  return applies && /ALL PRIVILEGES|\bUPDATE\b|\bDELETE\b/i.test(rights)
}

const examineClock = async (connection: Connection): Promise<Finding> => {
  const sent = Date.now()
  const [row] = (await connection.query(
    'SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) AS now',
  )) as { now: bigint | number }[]
  const aheadMs = (sent + Date.now()) / 2 - Number(row?.now)
  const found = `this machine is ${(aheadMs / 1_000).toFixed(1)} s ahead`
  return Math.abs(aheadMs) < MAX_SKEW_MS
    ? fine("clock against the database's", found)
    : problem(
        "clock against the database's",
        found,
        'start NTP on the machine that is wrong; sessions go by the database',
        '请在时间不准的机器上启用 NTP；登录态以数据库时间为准',
      )
}

const examineTls = (url: string): Finding => {
  const { hostname, searchParams } = new URL(url)
  if (LOCAL.has(hostname)) return fine('TLS to the database', 'on this machine: not needed')
  return searchParams.get('ssl') === 'true'
    ? fine('TLS to the database', 'on')
    : problem(
        'TLS to the database',
        'off: passwords and names travel readably',
        'add ?ssl=true to DATABASE_URL, with a certificate that this system trusts',
        '请在 DATABASE_URL 后加 ?ssl=true，并使用本机信任的证书',
      )
}
