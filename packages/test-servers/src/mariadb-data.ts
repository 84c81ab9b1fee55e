import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { requireBinary } from './availability.ts'

const CACHE = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url))
/** Small, since each server gets a copy of it. */
export const LOG_SIZE = '--innodb-log-file-size=16M'

const run = promisify(execFile)

/** Puts the data of a newly installed server into `folder`, which takes seconds only the first time. */
export const copyInstalledData = async (folder: string) => {
  // Node's own `cp` takes ten times the processor time for the two hundred files.
  await run('cp', ['-R', await installedData(), join(folder, 'data')])
}

/** Kept between runs for as long as the server and the user are the same. */
const installedData = async () => {
  const { size, mtimeMs } = await stat(requireBinary('mariadbd'))
  const kept = join(CACHE, `mariadb-${size}-${Math.round(mtimeMs)}-${userInfo().uid}`)
  if (await exists(kept)) return kept

  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'install-'))
  try {
    await install(folder)
    await rename(join(folder, 'data'), kept).catch(async (error: unknown) => {
      // Another process was faster.
      if (!(await exists(kept))) throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return kept
}

const install = async (folder: string) => {
  const args = [
    '--no-defaults',
    `--user=${userInfo().username}`,
    `--datadir=${join(folder, 'data')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    LOG_SIZE,
  ]
  // A server that starts deletes the temporary tables in its TMPDIR, also those of another server.
  const env = { ...process.env, TMPDIR: folder }
  await run(requireBinary('mariadb-install-db'), args, { env })
}

const exists = async (path: string) => (await stat(path).catch(() => undefined)) !== undefined
