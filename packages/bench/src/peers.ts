import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './child.ts'
import type { Server } from './servers.ts'

/** What was installed, so that a changed lockfile is noticed. */
const STAMP = 'node_modules/.installed-lockfile'

/** Installs what the peers need on first use, and tells who can run and why others cannot. */
export const installPeers = async (
  servers: Server[],
  say: (line: string) => void,
): Promise<{ able: Server[]; skipped: string[] }> => {
  const failures = new Map<string, string>()
  for (const peer of new Set(servers.flatMap(({ peer }) => peer ?? []))) {
    const failure = await install(join(ROOT, 'packages/bench/peers', peer), peer, say)
    if (failure !== null) failures.set(peer, failure)
  }
  return {
    able: servers.filter(({ peer }) => peer === undefined || !failures.has(peer)),
    skipped: [...failures].map(([peer, failure]) => `${peer} could not be installed: ${failure}`),
  }
}

/** Null, or why it failed. */
const install = async (folder: string, name: string, say: (line: string) => void) => {
  const lockfile = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const stamp = join(folder, STAMP)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return null
  say(`installing ${name} (npm ci, once) …`)
  await rm(stamp, { force: true })
  const begin = performance.now()
  try {
    // At this level npm says nothing about the settings that pnpm hands down as variables.
    const npm = spawn('npm', ['ci', '--no-progress', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [code] = (await once(npm, 'exit')) as [number | null]
    if (code !== 0) return `npm ci ended with ${code}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  await writeFile(stamp, lockfile)
  say(`installed ${name} in ${Math.round((performance.now() - begin) / 1000)} s`)
  return null
}
