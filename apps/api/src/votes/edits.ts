import { isDeepStrictEqual } from 'node:util'
import type { CreateVoteRequest, UpdateVoteRequest } from '@oa/contracts'
import { badValue, forbidden, meetingState, notFound, staleVote } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import { isOrganiser } from '../meetings/transitions.ts'
import type { Viewer } from '../meetings/viewer.ts'
import type { Access } from '../org/access.ts'
import { may } from '../org/role.ts'
import type { Membership, NewId } from '../org/rows.ts'
import type { User } from '../users/user.ts'
import { isRepeatedVote, refusalOfVote } from './actions.ts'
import type { NewOption, NewVote, VoteChangeStore, VoteFields, VotePlan } from './change-sql.ts'
import type { DraftRequest } from './draft.ts'
import { blankVote, draftOf } from './draft.ts'
import type { ElectorResolver } from './elector-resolver.ts'
import type { Vote } from './rows.ts'
import type { VoteStore } from './sql.ts'
import { decideVote } from './transitions.ts'
import type { VoteViewer } from './viewer.ts'
import { isRunning } from './viewer.ts'

type Deps = {
  access: Access
  meetingViewer: Viewer
  viewer: VoteViewer
  store: VoteStore
  changes: VoteChangeStore
  resolver: ElectorResolver
  clock: Clock
  newId: NewId
}

/** Votes are drafted. */
export const createVoteEdits = (deps: Deps) => {
  const { access, meetingViewer, viewer, store, changes, resolver, clock, newId } = deps

  const placeOf = async (user: User, { meetingId, orgId }: CreateVoteRequest) => {
    if (meetingId === undefined) {
      const actor = await access.inOrg(user, 'readMembers', orgId)
      if (!may(actor.role, 'convene')) throw forbidden('mayNotCallVotes')
      return { actor, meetingRow: null }
    }
    const { meeting, actor, roles } = await meetingViewer.view(user, meetingId)
    if (orgId !== undefined && orgId !== actor.org.publicId) throw notFound()
    if (!isOrganiser(roles)) throw forbidden('organisersOnly')
    if (meeting.state === 'ended' || meeting.state === 'cancelled') throw meetingState()
    return { actor, meetingRow: meeting.id }
  }

  const namedOf = async (
    { org }: Membership,
    request: DraftRequest,
    vote: Pick<Vote, 'electorate'>,
  ) => {
    const { memberIds, departmentIds } = request
    const isSaid = memberIds !== undefined || departmentIds !== undefined
    if (vote.electorate !== 'named') {
      if (isSaid) throw badValue('electorate')
      return []
    }
    return isSaid ? resolver.resolve(org.id, { memberIds, departmentIds }) : null
  }

  return {
    /** The same request gets the same vote again. */
    async create(user: User, request: CreateVoteRequest, requestId: string): Promise<Vote> {
      const { actor, meetingRow } = await placeOf(user, request)
      const known = await store.findMade(actor.id, request.requestId)
      if (known !== null) return known
      const inMeeting = meetingRow !== null
      const { fields, options } = draftOf(request, blankVote(inMeeting), { inMeeting, newId })
      const named = await namedOf(actor, request, fields)
      if (named === null) throw badValue('electors')
      const vote: NewVote = {
        ...fields,
        publicId: newId(),
        orgId: actor.org.id,
        meetingId: meetingRow,
        creatorId: actor.id,
        requestId: request.requestId,
        options,
        named,
      }
      const stamp = { actorId: actor.id, requestId, at: new Date(clock.now()) }
      try {
        return await changes.create(vote, stamp)
      } catch (error) {
        const same = isUniqueViolation(error)
          ? await store.findMade(actor.id, request.requestId)
          : null
        if (same === null) throw error
        return same
      }
    },

    /** Fields that are absent stay. */
    async update(
      user: User,
      publicId: string,
      { version, ...request }: UpdateVoteRequest,
      requestId: string,
    ): Promise<Vote> {
      const { vote: seen, member, actor } = await viewer.view(user, publicId)
      const inMeeting = seen.meetingId !== null
      const now = clock.now()
      const situation = { actor, isRunning: isRunning(seen, now) }
      const first = decideVote('update', { ...situation, state: seen.state })
      // Before anything is looked up for who may not know the answer.
      if (first.kind !== 'to') throw refusalOfVote(first)
      const drafted = draftOf(request, seen, { inMeeting, newId })
      const named = await namedOf(member, request, drafted.fields)
      if (named === null && seen.electorate !== 'named') throw badValue('electors')
      const plan = (vote: Vote, present: readonly number[]): VotePlan | null => {
        const decision = decideVote('update', { ...situation, state: vote.state })
        if (decision.kind !== 'to') throw refusalOfVote(decision)
        const { fields, options } = draftOf(request, vote, { inMeeting, newId })
        const changed = isDeepStrictEqual(options.map(plain), vote.options.map(plain))
          ? null
          : options
        const isRepeated = isRepeatedVote(vote, { action: 'update', version, actorId: member.id })
        const isSame = changed === null && isSameDraft(fields, vote) && isSameList(named, present)
        if (isRepeated && isSame) return null
        if (version !== vote.version) throw staleVote()
        return { kind: 'update', fields, options: changed, named }
      }
      const stamp = { actorId: member.id, requestId, at: new Date(now) }
      return changes.change(publicId, stamp, plan)
    },
  }
}

const plain = ({ text, meaning }: Pick<NewOption, 'text' | 'meaning'>) => ({ text, meaning })

/** Whether the vote has these fields already. */
const isSameDraft = (fields: VoteFields, vote: VoteFields): boolean =>
  Object.entries(fields).every(([name, value]) => isDeepStrictEqual(value, Reflect.get(vote, name)))

/** `asked` is null when they are to stay. */
const isSameList = (asked: readonly number[] | null, present: readonly number[]): boolean =>
  asked === null ||
  isDeepStrictEqual(
    [...asked].sort((one, other) => one - other),
    present,
  )
