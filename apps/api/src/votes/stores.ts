import type { Engine } from '../infra/database/engine.ts'
import { createCastStore } from './cast-sql.ts'
import { createVoteChangeStore } from './change-sql.ts'
import { createElectorResolver } from './elector-resolver.ts'
import { createVoteStore } from './sql.ts'

export type VoteStores = ReturnType<typeof createVoteStores>

export const createVoteStores = (engine: Engine) => ({
  votes: createVoteStore(engine),
  changes: createVoteChangeStore(engine),
  casts: createCastStore(engine),
  resolver: createElectorResolver(engine),
})
