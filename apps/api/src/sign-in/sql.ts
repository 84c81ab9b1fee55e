import type { Sql } from '@prisma/client/runtime/client'
import type { LoginEvent } from '../audit/login-event.ts'
import { insertLoginEvents } from '../audit/sql.ts'
import type { Transaction } from '../infra/database/engine.ts'
import type { User } from '../users/user.ts'
import type { UserRow } from '../users/user-row.ts'
import { toUser } from '../users/user-row.ts'
import type { SignIn, SignInOutcome } from './sign-in.ts'
import type { SessionEnd } from './statements.ts'
import {
  endSessions,
  insertSessions,
  insertUsers,
  recordLogins,
  selectUsers,
} from './statements.ts'

type LiveSession = { id: string; deviceId: string | null }
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
  const decisions = requests.map((request) => decide(personOf(people, request), request))

  await Promise.all([
    writeSessions(tx, decisions),
    tx.$executeRaw(insertLoginEvents(decisions.map(eventOf))),
  ])
  return decisions.map(({ outcome }) => outcome)
}

const writeSessions = async (tx: Transaction, decisions: Decision[]) => {
  const sessions = decisions
    .filter(({ outcome }) => outcome.kind === 'signed-in')
    .map(({ request, outcome }) => ({ ...request.session, userId: outcome.user.id }))
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
  const logins = onePerPerson(requests)
  await tx.$executeRaw(recordLogins(logins))
  const people = await readPeople(tx, logins)

  const strangers = logins.filter(({ openid }) => !people.has(openid))
  if (strangers.length > 0) {
    await tx.$executeRaw(insertUsers(strangers, onUserConflict))
    for (const [openid, person] of await readPeople(tx, strangers)) people.set(openid, person)
  }
  return people
}

/**
 * One for each person, who is made by the first and remembered by the last, in the order of openids:
 * two transactions must not lock in opposite orders.
 */
const onePerPerson = (requests: SignIn[]) => {
  const logins = new Map<string, SignIn>()
  for (const request of requests) {
    const earlier = logins.get(request.openid) ?? request
    const unionid = request.unionid ?? earlier.unionid
    logins.set(request.openid, { ...request, unionid, profile: earlier.profile })
  }
  return [...logins.values()].sort((one, other) => (one.openid < other.openid ? -1 : 1))
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

const personOf = (people: Map<string, Person>, { openid }: SignIn) => {
  const person = people.get(openid)
  if (person === undefined) throw new Error('the person that was just written is not there')
  return person
}

type Decision = { request: SignIn; outcome: SignInOutcome; ends: SessionEnd[] }

/** Changes `person.live` to what the next sign-in of the same person will find. */
const decide = (person: Person, request: SignIn): Decision => {
  const { user } = person
  if (user.status !== 0) return { request, outcome: { kind: 'refused', user }, ends: [] }

  const { session, maxSessions } = request
  const isReplaced = ({ deviceId }: LiveSession) =>
    deviceId !== null && deviceId === session.deviceId
  const others = person.live.filter((live) => !isReplaced(live))
  const room = Math.max(maxSessions - 1, 0)
  const ends: SessionEnd[] = [
    ...person.live.filter(isReplaced).map(({ id }) => endOf(id, 'replaced', request)),
    ...others.slice(room).map(({ id }) => endOf(id, 'too_many', request)),
  ]
  person.live = [session, ...others.slice(0, room)]

  return {
    request,
    outcome: {
      kind: 'signed-in',
      user: { ...user, lastLoginTime: session.createdAt },
      created: user.publicId === request.profile.publicId,
      endedSessionIds: ends.map(({ id }) => id),
    },
    ends,
  }
}

const endOf = (id: string, reason: SessionEnd['reason'], { session }: SignIn): SessionEnd => ({
  id,
  reason,
  at: session.createdAt,
})

const eventOf = ({
  request: { appId, session, requestId },
  outcome: { kind, user },
}: Decision): LoginEvent => ({
  at: session.createdAt,
  kind: kind === 'refused' ? 'login_refused' : 'login',
  outcome: kind === 'refused' ? 'ACCOUNT_DISABLED' : 'ok',
  appId,
  userId: user.id,
  sessionId: kind === 'refused' ? null : session.id,
  ip: session.ip,
  userAgent: session.userAgent,
  requestId,
})
