import type { Locked, Plan } from './plan.ts'
import { everybody, planOf } from './plan.ts'
import type { Meeting } from './rows.ts'
import type { TimeStep } from './state.ts'
import type { Action, Decision, Facts } from './transitions.ts'

const ALL = 2
const ROOMS = 1

/** Whether the company's rules want somebody to approve a meeting in that room. */
export const needsApproval = (approval: number, room: { needsApproval: boolean } | null): boolean =>
  approval === ALL || (approval === ROOMS && (room?.needsApproval ?? false))

export const factsOf = (
  { org, room, startsAt, endsAt, hostId }: Meeting,
  people: Locked['people'],
  now: number,
): Facts => ({
  now,
  startsAt,
  endsAt,
  needsApproval: needsApproval(org.approval, room),
  others: people.filter(({ memberId, part }) => memberId !== hostId && part !== 'observer').length,
})

type Request = {
  action: Exclude<Action, 'update'>
  to: Extract<Decision, { kind: 'to' }>['to']
  actorId: number
  now: number
  reason?: string | undefined
  endsAt?: Date | undefined
}

/** What a decision of people writes. */
export const planAction = (
  { meeting, people }: Locked,
  { action, to, actorId, now, reason, endsAt }: Request,
): Plan => {
  const at = new Date(now)
  const hasRoom = meeting.roomId !== null
  const organisers = [meeting.creatorId, meeting.hostId].filter((id) => id !== actorId)
  switch (action) {
    case 'submit':
      return planOf(action, {
        change: { ...stateOf(to), submittedAt: at, reason: null },
        slots: hasRoom ? 'take' : 'keep',
        tells:
          to === 'pending'
            ? [{ kind: 'approval_todo', to: meeting.auditorId === null ? [] : [meeting.auditorId] }]
            : [{ kind: 'invited', to: everybody(people, actorId) }],
      })
    case 'approve':
      return planOf(action, {
        change: { ...stateOf(to), decidedAt: at },
        tells: [
          { kind: 'approved', to: [...new Set(organisers)] },
          { kind: 'invited', to: everybody(people, meeting.creatorId, meeting.hostId) },
        ],
      })
    case 'reject':
      return planOf(action, {
        change: { ...stateOf(to), decidedAt: at, reason: reason ?? null },
        slots: 'free',
        tells: [{ kind: 'rejected', to: [...new Set(organisers)], reason: reason ?? null }],
      })
    case 'withdraw':
      return planOf(action, { change: stateOf(to), slots: 'free' })
    case 'start':
      return planOf(action, { change: { ...stateOf(to), startedAt: at } })
    case 'extend':
      return planOf(action, {
        change: endsAt === undefined ? {} : { endsAt },
        slots: hasRoom ? 'take' : 'keep',
      })
    case 'end':
      return planOf(action, {
        change: { ...stateOf(to), endedAt: at },
        slots: 'rest',
        votes: 'close',
      })
    case 'cancel':
      return planOf(action, {
        change: { ...stateOf(to), reason: reason ?? null, sequence: meeting.sequence + 1 },
        slots: 'free',
        votes: 'cancel',
        tells: [
          {
            kind: 'cancelled',
            to:
              meeting.state === 'pending'
                ? [...new Set([...organisers, ...(meeting.auditorId ? [meeting.auditorId] : [])])]
                : everybody(people, actorId),
            reason: reason ?? null,
          },
        ],
      })
    case 'delete':
      return planOf(action, { gone: true })
  }
}

const stateOf = (to: Request['to']) => (to === 'gone' ? {} : { state: to })

/** What time itself writes. Nobody decided, so the version stays. */
export const planTime = ({ meeting }: Locked, { to, at }: TimeStep): Plan => {
  if (to === 'rejected') {
    return planOf('expire', {
      change: { state: to, decidedAt: at },
      slots: 'free',
      tells: [{ kind: 'rejected', to: [...new Set([meeting.creatorId, meeting.hostId])] }],
    })
  }
  if (to === 'running') return planOf('begin', { change: { state: to, startedAt: at } })
  return planOf('expire', { change: { state: to, endedAt: at }, slots: 'rest', votes: 'close' })
}
