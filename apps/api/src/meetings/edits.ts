import type { CopyMeetingRequest, CreateMeetingRequest, UpdateMeetingRequest } from '@oa/contracts'
import { forbidden, notFound, notNow, staleMeeting } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import type { Access } from '../org/access.ts'
import { mayConvene } from '../org/role.ts'
import type { NewId } from '../org/rows.ts'
import type { User } from '../users/user.ts'
import { isRepeated, orTaken, refusalOf } from './actions.ts'
import type { ChangeStore, NewMeeting } from './change-sql.ts'
import { differenceOf, isNothing, MOVE, othersAfter, placesOf, planEdit } from './edit.ts'
import { requireAuditor, requireHost, requireTimes } from './feasible.ts'
import { factsOf, needsApproval, planAction } from './lifecycle.ts'
import type { Locked, Plan } from './plan.ts'
import type { Resolver } from './resolver.ts'
import { rolesOf } from './roles.ts'
import type { Meeting } from './rows.ts'
import { decide, isOrganiser } from './transitions.ts'
import type { Viewer } from './viewer.ts'

const WEEK_MS = 7 * 86_400_000

type Deps = {
  access: Access
  viewer: Viewer
  store: ChangeStore
  resolver: Resolver
  requireWords(user: User, meeting: Pick<Meeting, 'title' | 'agenda' | 'location'>): Promise<void>
  clock: Clock
  newId: NewId
}

export type Edits = ReturnType<typeof createEdits>

/** Meetings are called, changed and copied. */
export const createEdits = (deps: Deps) => {
  const { access, viewer, store, resolver, requireWords, clock, newId } = deps

  return {
    /** The same request gets the same meeting again. */
    async create(user: User, request: CreateMeetingRequest, requestId: string): Promise<Meeting> {
      const actor = await access.inOrg(user, 'readMembers', request.orgId)
      const [known] = await store.findMade(actor.id, [request.requestId])
      if (known !== undefined) return known
      const org = await resolver.orgOf(actor.org.id)
      if (!mayConvene(actor)) throw forbidden('mayNotConvene')
      const asked = await resolver.resolve(actor.org.id, request)
      const now = clock.now()
      const span = { startsAt: new Date(request.startsAt), endsAt: new Date(request.endsAt) }
      requireTimes(span, asked.room ?? null, org.timeZone, now)
      const hostId = asked.hostId ?? actor.id
      const recorderId = asked.recorderId ?? null
      const { participantIds = [], observerIds = [] } = asked
      const meeting: NewMeeting = {
        publicId: newId(),
        orgId: actor.org.id,
        requestId: request.requestId,
        creatorId: actor.id,
        hostId,
        recorderId,
        auditorId: asked.auditorId ?? null,
        title: request.title,
        agenda: request.agenda ?? '',
        location: request.location ?? '',
        roomId: asked.room?.id ?? null,
        ...span,
        lateAfterMin: org.lateAfterMin,
        people: placesOf({ hostId, recorderId, participantIds, observerIds }),
      }
      const stamp = { actorId: actor.id, requestId, at: new Date(now) }
      try {
        const [made] = await store.create([meeting], stamp, null)
        if (made === undefined) throw new Error('nothing was made')
        return made
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const [same] = await store.findMade(actor.id, [request.requestId])
        if (same === undefined) throw error
        return same
      }
    },

    /** Fields that are absent stay. Resolves also to whether everybody is asked anew. */
    async update(
      user: User,
      publicId: string,
      { version, ...request }: UpdateMeetingRequest,
      requestId: string,
    ): Promise<{ meeting: Meeting; repliesReset: boolean }> {
      const viewed = await viewer.view(user, publicId)
      const { actor, admin, meeting: seen } = viewed
      // Before anything is looked up for who may not know the answer.
      if (!isOrganiser(viewed.roles)) throw refusalOf({ kind: 'forbidden' }, 'update')
      const asked = await resolver.resolve(actor.org.id, request)
      if (seen.state === 'scheduled') {
        await requireWords(user, {
          title: asked.title ?? seen.title,
          agenda: asked.agenda ?? seen.agenda,
          location: asked.location ?? seen.location,
        })
      }
      const now = clock.now()
      let repliesReset = false
      const plan = (locked: Locked): Plan | null => {
        const { meeting, people } = locked
        const difference = differenceOf(locked, asked)
        const asks = { version, actorId: actor.id }
        const isRepeatedMove = isRepeated(meeting, { action: MOVE, ...asks })
        const repeated = isRepeatedMove || isRepeated(meeting, { action: 'update', ...asks })
        if (repeated && isNothing(difference)) {
          repliesReset = isRepeatedMove
          return null
        }
        const roles = rolesOf(
          meeting,
          actor.id,
          people.find(({ memberId }) => memberId === actor.id)?.part ?? null,
        )
        const facts = { ...factsOf(meeting, people, now), others: othersAfter(locked, asked) }
        const decision = decide('update', { state: meeting.state, facts, actor: { roles, admin } })
        if (decision.kind === 'forbidden') throw refusalOf(decision, 'update')
        if (version !== meeting.version) throw staleMeeting()
        if (decision.kind !== 'to') throw refusalOf(decision, 'update')
        if (isNothing(difference)) return null
        const room = asked.room === undefined ? meeting.room : asked.room
        const after = { ...meeting, ...difference.change }
        if (difference.isMoved || 'startsAt' in difference.change) {
          requireTimes(after, room, meeting.org.timeZone, now)
        }
        if (meeting.state === 'scheduled' && after.startsAt.getTime() <= now) {
          throw notNow('startsLater')
        }
        const approval = needsApproval(meeting.org.approval, room)
        if (approval && meeting.state === 'scheduled') requireAuditor(after)
        const made = planEdit(locked, difference, {
          actorId: actor.id,
          now,
          needsApproval: approval,
        })
        repliesReset = made.resetsReplies
        return made
      }
      const stamp = { actorId: actor.id, requestId, at: new Date(now) }
      const meeting = await orTaken(store.change(publicId, stamp, plan))
      if (meeting === null) throw notFound()
      return { meeting, repliesReset }
    },

    /** The same meeting in each of the next weeks, already submitted: all of them, or none. */
    async copy(
      user: User,
      publicId: string,
      { weeks, requestId: drawn }: CopyMeetingRequest,
      requestId: string,
    ): Promise<Meeting[]> {
      const { meeting, actor, roles } = await viewer.viewWhole(user, publicId)
      if (!isOrganiser(roles)) throw refusalOf({ kind: 'forbidden' }, 'update')
      const requests = Array.from({ length: weeks }, (_, index) => `${drawn}:${index + 1}`)
      const known = await store.findMade(actor.id, requests)
      if (known.length > 0) return known
      const org = await resolver.orgOf(actor.org.id)
      if (!mayConvene(actor)) throw forbidden('mayNotConvene')
      await requireWords(user, meeting)
      const people = await resolver.activePlaces(meeting.id)
      const now = clock.now()
      const room = await resolver.usableRoom(meeting.roomId)
      const copies = requests.map((one, index): NewMeeting => {
        const later = (at: Date) => new Date(at.getTime() + (index + 1) * WEEK_MS)
        const span = { startsAt: later(meeting.startsAt), endsAt: later(meeting.endsAt) }
        requireTimes(span, room, org.timeZone, now)
        return {
          publicId: newId(),
          orgId: meeting.orgId,
          requestId: one,
          creatorId: actor.id,
          hostId: meeting.hostId,
          recorderId: meeting.recorderId,
          auditorId: meeting.auditorId,
          title: meeting.title,
          agenda: meeting.agenda,
          location: meeting.location,
          roomId: meeting.roomId,
          ...span,
          lateAfterMin: org.lateAfterMin,
          people,
        }
      })
      const stamp = { actorId: actor.id, requestId, at: new Date(now) }
      const submit = (locked: Locked): Plan => {
        const facts = factsOf(locked.meeting, locked.people, now)
        const decision = decide('submit', {
          state: 'draft',
          facts,
          actor: { roles: ['creator'], admin: false },
        })
        if (decision.kind !== 'to') throw refusalOf(decision, 'submit')
        requireHost(locked.meeting)
        if (decision.to === 'pending') requireAuditor(locked.meeting)
        const request = { action: 'submit', to: decision.to, actorId: actor.id, now } as const
        return planAction(locked, request)
      }
      try {
        return await store.create(copies, stamp, submit)
      } catch (error) {
        const same = isUniqueViolation(error) ? await store.findMade(actor.id, requests) : []
        if (same.length > 0) return same
        return orTaken(Promise.reject(error))
      }
    },
  }
}
