import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mariadb'
import { requireBinary } from './availability.ts'
import { copyInstalledData, LOG_SIZE } from './mariadb-data.ts'
import type { ServerProcess } from './server-process.ts'
import { startServer } from './server-process.ts'

export type MariaDb = ServerProcess & {
  /** `mysql://root@127.0.0.1:port`, without a database. */
  readonly url: string
  /** Creates an empty database; resolves to its URL. */
  createDatabase(name?: string): Promise<string>
}

/**
 * Starts a new MariaDB in less than half a second, the first time on a machine in some seconds. Its
 * default collation ignores case, on purpose: tables have to name the collation they need. `args` are
 * added to the command line.
 */
export const startMariaDb = async ({ args = [] }: { args?: string[] } = {}): Promise<MariaDb> => {
  const server = await startServer({
    name: 'mariadb',
    prepare: copyInstalledData,
    command: ({ folder, port }) => [
      requireBinary('mariadbd'),
      ...serverArgs(folder, port),
      ...args,
    ],
    ping: (port) => execute(port, 'SELECT 1'),
  })
  const url = `mysql://root@127.0.0.1:${server.port}`

  return Object.assign(server, {
    url,
    async createDatabase(name = `test_${randomBytes(6).toString('hex')}`) {
      await execute(server.port, `CREATE DATABASE \`${name}\``)
      return `${url}/${name}`
    },
  })
}

const serverArgs = (folder: string, port: number) => [
  '--no-defaults',
  // Without it the server refuses to run as root.
  `--user=${userInfo().username}`,
  `--datadir=${join(folder, 'data')}`,
  `--socket=${join(folder, 'socket')}`,
  `--pid-file=${join(folder, 'pid')}`,
  `--log-error=${join(folder, 'log')}`,
  `--tmpdir=${folder}`,
  `--port=${port}`,
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_general_ci',
  '--innodb-buffer-pool-size=32M',
  // A commit reaches the system, so it outlives kill -9, but does not wait for the disk.
  '--innodb-flush-log-at-trx-commit=2',
  LOG_SIZE,
]

const execute = async (port: number, statement: string) => {
  const connection = await createConnection({
    host: '127.0.0.1',
    port,
    user: 'root',
    connectTimeout: 1000,
  })
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
