import { notFound } from '../errors/business-error.ts'
import { rolesOf } from '../meetings/roles.ts'
import { partOf } from '../meetings/rows.ts'
import { effectiveState, stateNameOf } from '../meetings/state.ts'
import { isOrganiser } from '../meetings/transitions.ts'
import type { Access } from '../org/access.ts'
import { may } from '../org/role.ts'
import type { Membership } from '../org/rows.ts'
import type { User } from '../users/user.ts'
import type { Vote } from './rows.ts'
import type { FoundVote, OwnElector, VoteStore } from './sql.ts'
import { isDue } from './state.ts'
import type { VoteActor } from './transitions.ts'
import type { Sight } from './visibility.ts'
import { sightOf } from './visibility.ts'

/** A vote with what the caller may see of it. */
export type ViewedVote = {
  vote: Vote
  member: Membership
  own: OwnElector | null
  actor: VoteActor
  sight: Sight
}

export type VoteViewer = ReturnType<typeof createVoteViewer>

type Deps = {
  access: Access
  store: Pick<VoteStore, 'find'>
  /** Closes a vote whose time is over. */
  settle(publicId: string): Promise<unknown>
  clock: { now(): number }
}

/** What a caller may know of a vote; whatever they may not, is not there. */
export const createVoteViewer = ({ access, store, settle, clock }: Deps) => {
  const find = async (user: User, publicId: string) => {
    const found = await access.ofItem(user, 'readMembers', async () => {
      const row = await store.find(user.id, publicId)
      return row && { ...row, org: row.vote.org }
    })
    if (!isDue(found.item.vote, clock.now())) return found
    // Only a vote that is closed has been counted.
    await settle(publicId)
    const settled = await store.find(user.id, publicId)
    return { actor: found.actor, item: settled ?? found.item }
  }

  return {
    async view(user: User, publicId: string): Promise<ViewedVote> {
      const { item, actor: member } = await find(user, publicId)
      const standing = standingOf(item, member)
      const { vote, own } = item
      const sight = sightOf({ ...standing, ...seenOf(vote) })
      if (sight.view === 'none') throw notFound()
      const actor = {
        organiser: standing.organiser,
        admin: standing.admin,
        inMeeting: vote.meeting !== null,
      }
      return { vote, member, own, actor, sight }
    },
  }
}

/** What of a vote decides what is seen of it. */
export const seenOf = ({ state, openedAt, secret, live }: Vote) => ({
  state,
  announced: openedAt !== null,
  secret,
  live,
})

type Standing = { insider: boolean; organiser: boolean; admin: boolean }

/** Who a member is to a vote. */
export const standingOf = (
  { vote, own, part }: FoundVote,
  { id, role }: Pick<Membership, 'id' | 'role'>,
): Standing => {
  const admin = may(role, 'manageMeetings')
  const isElector = own !== null
  if (vote.meeting === null) {
    return { insider: isElector, organiser: vote.creatorId === id, admin }
  }
  const roles = rolesOf(vote.meeting, id, part === null ? null : partOf(part))
  return { insider: isElector || roles.length > 0, organiser: isOrganiser(roles), admin }
}

/** Whether a vote can be open now; one without a meeting always can. */
export const isRunning = ({ meeting }: Pick<Vote, 'meeting'>, now: number): boolean =>
  meeting === null ||
  effectiveState({ ...meeting, state: stateNameOf(meeting.state) }, now) === 'running'
