import { afterAll, beforeAll } from 'vitest'
import type { Stores } from '../../src/core.ts'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { SignIn } from '../../src/sign-in/sign-in.ts'
import type { TestEngine } from './engines.ts'
import { aSignIn } from './fixtures.ts'

/** Opens a migrated database twice, as two servers would, for the tests of a suite. */
export const useTwoStores = (engine: TestEngine) => {
  // Assigned in beforeAll, before any test reads it.
  const nodes = {} as { database: Stores; otherNode: Stores }

  beforeAll(async () => {
    const options = await engine.create()
    await migrateDatabase(options)
    nodes.database = await openStores(options)
    nodes.otherNode = await openStores(options)
  })
  afterAll(async () => {
    await Promise.all([nodes.database.close(), nodes.otherNode.close()])
  })

  /** Rejects when the sign-in is refused. */
  const signIn = async (request: SignIn = aSignIn()) => {
    const outcome = await nodes.database.signIn(request)
    if (outcome.kind !== 'signed-in') throw new Error('refused')
    return { ...outcome, request, sessionId: request.session.id }
  }

  return { nodes, signIn }
}
