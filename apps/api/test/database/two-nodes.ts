import { afterAll, beforeAll } from 'vitest'
import type { Database } from '../../src/infra/database/database.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { openDatabase } from '../../src/infra/database/open-database.ts'
import type { SignIn } from '../../src/sessions/session.ts'
import type { TestEngine } from './engines.ts'
import { aSignIn } from './fixtures.ts'

/** A migrated database of the engine, open on two nodes while the tests of a suite run. */
export const useTwoNodes = (engine: TestEngine) => {
  // Filled before the first test, which is the first to read it.
  const nodes = {} as { database: Database; otherNode: Database }

  beforeAll(async () => {
    const options = await engine.create()
    await migrateDatabase(options)
    nodes.database = await openDatabase(options)
    nodes.otherNode = await openDatabase(options)
  })
  afterAll(async () => {
    await Promise.all([nodes.database.close(), nodes.otherNode.close()])
  })

  const signedIn = async (request: SignIn = aSignIn()) => {
    const outcome = await nodes.database.sessions.signIn(request)
    if (outcome.kind !== 'signed-in') throw new Error('refused')
    return { ...outcome, request, sessionId: request.session.id }
  }

  return { nodes, signedIn }
}
