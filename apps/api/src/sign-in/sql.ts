import type { Sql } from '@prisma/client/runtime/client'
import { insertLoginEvents } from '../audit/sql.ts'
import type { Transaction } from '../infra/database/engine.ts'
import type { User } from '../users/user.ts'
import type { UserRow } from '../users/user-row.ts'
import { toUser } from '../users/user-row.ts'
import type { LiveSession, SignInDecision } from './policy.ts'
import { decideSignIns, onePerUser } from './policy.ts'
import type { SignIn, SignInOutcome } from './sign-in.ts'
import {
  endSessions,
  insertSessions,
  insertUsers,
  recordLogins,
  selectUsers,
} from './statements.ts'

type Person = { user: User; live: LiveSession[] }

/**
 * What `SessionStore.signIn` promises, for several people of one app at a time and in one
 * transaction, as if they came one after the other. Plain SQL, because every statement is a round
 * trip on the way of each sign-in, and because Prisma's own upsert is a race on MySQL.
 */
export const signInAll = async (
  tx: Transaction,
  requests: SignIn[],
  onUserConflict: Sql,
): Promise<SignInOutcome[]> => {
  const people = await lockPeople(tx, requests, onUserConflict)
  const decisions = decideSignIns(requests, (openid) => personOf(people, openid))

  await Promise.all([
    writeSessions(tx, decisions),
    tx.$executeRaw(insertLoginEvents(decisions.map(({ event }) => event))),
  ])
  return decisions.map(({ outcome }) => outcome)
}

const writeSessions = async (tx: Transaction, decisions: SignInDecision[]) => {
  const sessions = decisions.flatMap(({ opened }) => opened ?? [])
  const ends = decisions.flatMap((decision) => decision.ends)

  if (sessions.length > 0) await tx.$executeRaw(insertSessions(sessions))
  // Only now, because a new session may have to give way to the next.
  if (ends.length > 0) await tx.$executeRaw(endSessions(ends))
}

/**
 * Finds or makes the rows of these people, by openid, and holds them until the end of the transaction.
 * The update comes first: it locks, and SQLite cannot turn a transaction that has read into one that
 * writes when another process wrote in between.
 */
const lockPeople = async (tx: Transaction, requests: SignIn[], onUserConflict: Sql) => {
  const logins = onePerUser(requests)
  await tx.$executeRaw(recordLogins(logins))
  const people = await readPeople(tx, logins)

  const strangers = logins.filter(({ openid }) => !people.has(openid))
  if (strangers.length > 0) {
    await tx.$executeRaw(insertUsers(strangers, onUserConflict))
    for (const [openid, person] of await readPeople(tx, strangers)) people.set(openid, person)
  }
  return people
}

const readPeople = async (tx: Transaction, logins: SignIn[]) => {
  type Row = UserRow & { userId: number; sessionId: string | null; deviceId: string | null }
  const people = new Map<string, Person>()
  for (const row of await tx.$queryRaw<Row[]>(selectUsers(logins))) {
    const { openid, sessionId, deviceId } = row
    const person = people.get(openid) ?? { user: toUser({ ...row, id: row.userId }), live: [] }
    if (sessionId !== null) person.live.push({ id: sessionId, deviceId })
    people.set(openid, person)
  }
  return people
}

const personOf = (people: Map<string, Person>, openid: string) => {
  const person = people.get(openid)
  if (person === undefined) throw new Error('the person that was just written is not there')
  return person
}
