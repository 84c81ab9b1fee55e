import {
  badValue,
  forbidden,
  meetingState,
  notFound,
  notNow,
  roomTaken,
  staleMeeting,
  voteOpen,
} from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import type { User } from '../users/user.ts'
import type { ChangeStore } from './change-sql.ts'
import { requireAuditor, requireHost, requireTimes } from './feasible.ts'
import { factsOf, planAction } from './lifecycle.ts'
import type { Locked, Plan } from './plan.ts'
import { rolesOf } from './roles.ts'
import type { Meeting } from './rows.ts'
import type { Action, Decision } from './transitions.ts'
import { decide } from './transitions.ts'
import type { Viewed, Viewer } from './viewer.ts'

type Deps = {
  viewer: Viewer
  store: ChangeStore
  /** Rejects when the words of the meeting must not be shown to others, or nobody can say so now. */
  requireWords(user: User, meeting: Pick<Meeting, 'title' | 'agenda' | 'location'>): Promise<void>
  requireReason(user: User, reason: string | undefined): Promise<void>
  clock: Clock
}

export type Asking = {
  action: Exclude<Action, 'update'>
  version: number
  reason?: string | undefined
  endsAt?: Date | undefined
  /** Of an end: closes votes that are open, instead of being held up by them. */
  closeVotes?: boolean | undefined
}

export type Actions = ReturnType<typeof createActions>

/** What people decide about a meeting, by the table of transitions. */
export const createActions = ({ viewer, store, requireWords, requireReason, clock }: Deps) => ({
  /**
   * Resolves to the meeting as it is then; null when it is gone. A request that is repeated by the one
   * whose it was gets the same answer; anybody else who is late gets STALE.
   */
  async act(
    user: User,
    publicId: string,
    asking: Asking,
    requestId: string,
  ): Promise<Meeting | null> {
    const viewed = await viewer.view(user, publicId)
    await requireReason(user, asking.reason)
    if (asking.action === 'reject' && !asking.reason) throw badValue('reason')
    if (asking.action === 'submit') await requireWords(user, viewed.meeting)
    const now = clock.now()
    const stamp = { actorId: viewed.actor.id, requestId, at: new Date(now) }
    const done = await orTaken(
      store.change(publicId, stamp, (locked) => planFor(locked, viewed, asking, now)),
    )
    if (done === null && asking.action !== 'delete') throw notFound()
    return done
  },
})

/** The primary key of the slots stops what the lock of the room should have stopped already. */
export const orTaken = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (isUniqueViolation(error)) throw roomTaken()
    throw error
  }
}

/** Null when the caller has done this already. */
const planFor = (
  locked: Locked,
  { actor, admin }: Viewed,
  asking: Asking,
  now: number,
): Plan | null => {
  const { meeting, people } = locked
  const { action, version, reason, endsAt } = asking
  if (isRepeated(meeting, { action, version, actorId: actor.id })) {
    if (endsAt === undefined || endsAt.getTime() === meeting.endsAt.getTime()) return null
  }
  const part = people.find(({ memberId }) => memberId === actor.id)?.part ?? null
  const decision = decide(action, {
    state: meeting.state,
    facts: factsOf(meeting, people, now),
    actor: { roles: rolesOf(meeting, actor.id, part), admin },
  })
  // Who may not, hears that first: a version is the business of those who may.
  if (decision.kind === 'forbidden') throw refusalOf(decision, action)
  if (version !== meeting.version) throw staleMeeting()
  if (decision.kind !== 'to') throw refusalOf(decision, action)
  const { room, org } = meeting
  if (action === 'extend') {
    if (endsAt === undefined || endsAt.getTime() <= now) throw notNow('endsLater')
    requireTimes({ ...meeting, endsAt }, room, org.timeZone, now)
  }
  if (action === 'submit') {
    requireTimes(meeting, room, org.timeZone, now)
    requireHost(meeting)
    if (decision.to === 'pending') requireAuditor(meeting)
  }
  if (action === 'end' && meeting.openVotes > 0 && !asking.closeVotes) throw voteOpen()
  return planAction(locked, { action, to: decision.to, actorId: actor.id, now, reason, endsAt })
}

export const isRepeated = (
  { version, lastAction, lastActorId }: Meeting,
  asked: { action: string; version: number; actorId: number },
): boolean =>
  version === asked.version + 1 && lastAction === asked.action && lastActorId === asked.actorId

export const refusalOf = (decision: Exclude<Decision, { kind: 'to' }>, action: Action) => {
  if (decision.kind === 'forbidden') {
    return forbidden(action === 'approve' || action === 'reject' ? 'auditorOnly' : 'organisersOnly')
  }
  return decision.kind === 'wrong state' ? meetingState() : notNow(decision.rule)
}
