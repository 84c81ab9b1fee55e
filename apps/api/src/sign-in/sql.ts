import { INSERT_LOGIN_EVENTS } from '../audit/sql.ts'
import type { Pipeline } from '../infra/database/pipeline.ts'
import type { LiveSession } from '../sessions/one-per-device.ts'
import type { User } from '../users/user.ts'
import { toUser } from '../users/user-row.ts'
import { decideSignIns, onePerUser } from './policy.ts'
import type { SignIn, SignInOutcome } from './sign-in.ts'
import {
  END_SESSIONS,
  INSERT_AGREEMENTS,
  INSERT_SESSIONS,
  INSERT_USERS,
  RECORD_LOGINS,
  RECORD_UNIONIDS,
  SELECT_USERS,
} from './statements.ts'

type Found = { user: User; live: LiveSession[] }

/**
 * Signs in several users of one app in the transaction of `pipeline`, as if they came one after the
 * other. A new user who is signed in twice at once gets one row.
 */
export const signInAll = async (
  pipeline: Pipeline,
  requests: readonly SignIn[],
): Promise<SignInOutcome[]> => {
  const users = await lockUsers(pipeline, requests)
  const decisions = decideSignIns(requests, (openid) => userOf(users, openid))

  pipeline.send(
    INSERT_SESSIONS,
    decisions.flatMap(({ opened }) => opened ?? []),
  )
  // Only now, because a new session may have to give way to the next.
  pipeline.send(
    END_SESSIONS,
    decisions.flatMap(({ ends }) => ends),
  )
  pipeline.send(
    INSERT_AGREEMENTS,
    decisions.flatMap(({ agreed }) => agreed ?? []),
  )
  pipeline.send(
    INSERT_LOGIN_EVENTS,
    decisions.map(({ event }) => event),
  )
  return decisions.map(({ outcome }) => outcome)
}

/**
 * Finds or creates the rows of these users, by openid, and holds them until the end of the
 * transaction: the update comes first, because it locks.
 */
const lockUsers = async (pipeline: Pipeline, requests: readonly SignIn[]) => {
  const logins = onePerUser(requests)
  pipeline.send(RECORD_LOGINS, logins)
  pipeline.send(
    RECORD_UNIONIDS,
    logins.filter(({ unionid }) => unionid !== null),
  )
  const users = await readUsers(pipeline, logins)

  const strangers = logins.filter(({ openid }) => !users.has(openid))
  if (strangers.length > 0) {
    pipeline.send(INSERT_USERS, strangers)
    for (const [openid, user] of await readUsers(pipeline, strangers)) users.set(openid, user)
  }
  return users
}

const readUsers = async (pipeline: Pipeline, logins: readonly SignIn[]) => {
  const users = new Map<string, Found>()
  for (const row of await pipeline.query(SELECT_USERS, logins)) {
    const { openid, sessionId, deviceId } = row
    const found = users.get(openid) ?? { user: toUser({ ...row, id: row.userId }), live: [] }
    if (sessionId !== null) found.live.push({ id: sessionId, deviceId })
    users.set(openid, found)
  }
  return users
}

const userOf = (users: Map<string, Found>, openid: string) => {
  const found = users.get(openid)
  if (found === undefined) throw new Error('the user that was just written is not there')
  return found
}
