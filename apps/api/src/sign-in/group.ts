import { createBatches } from '../infra/batches.ts'
import type { Engine } from '../infra/database/engine.ts'
import { isUndone } from '../infra/database/failures.ts'
import type { SignIn, SignInOutcome } from './sign-in.ts'
import { signInAll } from './sql.ts'

const MAX_SIZE = 64
/** More than one, so that sign-ins which wait for a locked row do not hold up all others. */
const WIDTH = 2
/** Costs those who sign in together less than the disk does, and saves a sign-in half of its processor time. */
const GATHER_MS = 4

/**
 * Sign-ins that meet share a transaction, and with it the wait for the disk. When it fails by one of
 * them, each tries alone.
 */
export const groupSignIns = (engine: Engine): ((request: SignIn) => Promise<SignInOutcome>) =>
  createBatches({
    process: (requests) =>
      engine.pipeline((pipeline) => signInAll(pipeline, requests), {
        attempts: requests.length === 1 ? 2 : 1,
      }),
    leftNothing: isUndone,
    belongs: (first, request) => first.appId === request.appId,
    maxSize: MAX_SIZE,
    width: WIDTH,
    gatherMs: GATHER_MS,
  })
