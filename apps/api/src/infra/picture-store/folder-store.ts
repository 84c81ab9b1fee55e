import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PictureStore } from './picture-store.ts'

/** Keeps pictures in a folder of this machine, which is made when the first one comes. */
export const createFolderStore = (folder: string): PictureStore => ({
  async put(name, content) {
    await mkdir(folder, { recursive: true })
    // Renamed, so that nobody reads half a file, also after a crash.
    const unfinished = join(folder, `${name}.${randomUUID()}`)
    try {
      await writeFile(unfinished, content, { flush: true })
      await rename(unfinished, join(folder, name))
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  },
  async get(name) {
    try {
      return await readFile(join(folder, name))
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  },
  remove: (name) => rm(join(folder, name), { force: true }),
  async close() {},
})

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
