import { createHash, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildOptions, Metafile } from 'esbuild'
import { version } from 'esbuild'

/** What a bundle was made of, by the stamp that each file had. `id` tells two keepings apart. */
type Kept = { id: string; stamps: Record<string, string> }

type Where = {
  /** Holds what is kept: one bundle for each set of options. */
  cache: string
  /** The paths of esbuild's `inputs` are relative to this. */
  root: string
  /** Files that esbuild reads without naming them, for a bundle of these inputs. */
  alsoOf: (inputs: readonly string[]) => string[]
}

/**
 * Keeps bundles for as long as no file changes that they were made of, since making one takes seconds
 * of processor time, and looking at its files a few milliseconds.
 */
export const createBundleCache = ({ cache, root, alsoOf }: Where) => {
  const folderOf = (options: BuildOptions) => {
    const { outdir: _, ...rest } = options
    const key = createHash('sha256').update(version + JSON.stringify(rest))
    return join(cache, `kept-${key.digest('hex').slice(0, 12)}`)
  }
  const stampsOf = (files: readonly string[]) =>
    Object.fromEntries(files.map((file) => [file, stampOf(join(root, file))]))

  return {
    /** Copies what is kept for these options into `folder`; false when that is nothing, or out of date. */
    async restore(options: BuildOptions, folder: string): Promise<boolean> {
      const from = folderOf(options)
      const before = await readKept(from)
      if (before === null) return false
      const isCurrent = Object.entries(before.stamps).every(
        ([file, stamp]) => stampOf(join(root, file)) === stamp,
      )
      if (!isCurrent) return false

      await cp(join(from, 'files'), folder, { recursive: true, force: true }).catch(() => {})
      // Another process may have replaced it meanwhile.
      return (await readKept(from))?.id === before.id
    },
    /** Keeps what was built into `folder` since `begun`. */
    async keep(options: BuildOptions, folder: string, { inputs }: Metafile, begun: number) {
      const named = Object.keys(inputs)
      const files = [...named, ...alsoOf(named)]
      if (files.some((file) => changedAt(join(root, file)) >= begun)) return

      const into = folderOf(options)
      await mkdir(cache, { recursive: true })
      const made = await mkdtemp(join(cache, 'keeping-'))
      await cp(folder, join(made, 'files'), { recursive: true })
      const kept: Kept = { id: randomUUID(), stamps: stampsOf(files) }
      await writeFile(join(made, 'kept.json'), JSON.stringify(kept))
      await rm(into, { recursive: true, force: true })
      // Another process may have been faster.
      await rename(made, into).catch(() => rm(made, { recursive: true }))
    },
  }
}

const readKept = async (folder: string): Promise<Kept | null> => {
  try {
    return JSON.parse(await readFile(join(folder, 'kept.json'), 'utf8')) as Kept
  } catch {
    return null
  }
}

const stampOf = (path: string) => {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? 'absent' : `${stats.size} ${stats.mtimeMs} ${stats.ino}`
}

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
