import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The app's storage of each user. */
export interface KeptStorage {
  /** JSON by key; changed in place, then `changed` is called. */
  of(person: string | null): Record<string, string>
  changed(): void
  /** Writes what is not written yet. */
  close(): void
}

type Storages = Map<string | null, Record<string, string>>

const SAVE_MILLISECONDS = 200

/** Keeps it in `file`, which only this system user may read, or in memory without one. */
export const openKeptStorage = (file: string | undefined): KeptStorage => {
  const storages: Storages = file === undefined ? new Map() : read(file)
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (file === undefined) return
    const written = `${file}.new`
    writeFileSync(written, JSON.stringify([...storages]), { mode: 0o600 })
    renameSync(written, file)
  }
  return {
    of(person) {
      const storage = storages.get(person) ?? {}
      storages.set(person, storage)
      return storage
    },
    changed() {
      timer ??= setTimeout(save, SAVE_MILLISECONDS)
    },
    close() {
      if (timer !== undefined) save()
    },
  }
}

/** Empty when the file is absent or damaged, as the storage of a new phone. */
const read = (file: string): Storages => {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : [])
  } catch {
    return new Map()
  }
}

const isEntry = (entry: unknown): entry is [string | null, Record<string, string>] =>
  Array.isArray(entry) &&
  (entry[0] === null || typeof entry[0] === 'string') &&
  typeof entry[1] === 'object' &&
  entry[1] !== null &&
  Object.values(entry[1]).every((value) => typeof value === 'string')
