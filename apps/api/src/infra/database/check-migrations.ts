import type { Engine } from './engine.ts'
import { readMigrations } from './migrations/migration-files.ts'

/**
 * Rejects, naming them, when migrations that this version needs are not applied. A database that is
 * ahead is fine: it may serve an older version while a newer one takes over.
 */
export const checkMigrations = async (engine: Engine, kind: 'mysql' | 'sqlite'): Promise<void> => {
  const applied = await readApplied(engine)
  const files = await readMigrations(kind)
  const pending = files.map(({ name }) => name).filter((name) => !applied.has(name))
  if (pending.length > 0) {
    throw new Error(`the database lacks ${pending.join(', ')}: migrate it first`)
  }
}

const NO_TABLE = /doesn't exist|no such table|does not exist/

const readApplied = async (engine: Engine): Promise<Set<string>> => {
  try {
    const rows = await engine.run((client) =>
      client.$queryRawUnsafe<{ name: string }[]>(`
        SELECT migration_name AS name FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`),
    )
    return new Set(rows.map(({ name }) => name))
  } catch (error) {
    if (NO_TABLE.test((error as Error).message)) return new Set()
    throw error
  }
}
