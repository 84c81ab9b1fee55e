import { afterAll, beforeAll } from 'vitest'
import type { Stores } from '../../src/core.ts'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { SignIn } from '../../src/sign-in/sign-in.ts'
import type { TestEngine } from './engines.ts'
import { aSignIn } from './fixtures.ts'

/** A migrated database of the engine, open on two nodes while the tests of a suite run. */
export const useTwoNodes = (engine: TestEngine) => {
  // Filled before the first test, which is the first to read it.
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

  const signedIn = async (request: SignIn = aSignIn()) => {
    const outcome = await nodes.database.signIn(request)
    if (outcome.kind !== 'signed-in') throw new Error('refused')
    return { ...outcome, request, sessionId: request.session.id }
  }

  return { nodes, signedIn }
}
