import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type ServerName = 'mariadb' | 'redis' | 'promtool'

const BINARIES = {
  mariadb: ['mariadbd', 'mariadb-install-db'],
  redis: ['redis-server'],
  promtool: ['promtool'],
} as const satisfies Record<ServerName, readonly string[]>

const DEBIAN_PACKAGES = {
  mariadb: 'mariadb-server-core mariadb-client-core',
  redis: 'redis-server',
  promtool: 'prometheus',
} as const satisfies Record<ServerName, string>

/** Servers are installed here, outside the PATH of ordinary users. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** Which of these servers are not installed, and the command that installs them (null when all are). */
export const availability = (servers: readonly ServerName[] = ['mariadb', 'redis']) => {
  const missing = servers.filter((server) => BINARIES[server].some((name) => !findBinary(name)))
  const packages = missing.map((server) => DEBIAN_PACKAGES[server]).join(' ')

  return {
    missing,
    install: missing.length === 0 ? null : `apt-get install -y --no-install-recommends ${packages}`,
  }
}

/** The path of an installed program. Throws, naming it, when there is none. */
export const requireBinary = (name: string): string => {
  const found = findBinary(name)
  if (found === undefined) throw new Error(`${name} is not installed: ${availability().install}`)

  return found
}

const findBinary = (name: string) =>
  [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
    .map((folder) => join(folder, name))
    .find(isExecutable)

const isExecutable = (path: string) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
