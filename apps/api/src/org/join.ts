import {
  accountDisabled,
  contentRefused,
  forbidden,
  hasDuties,
  invitationInvalid,
  lastOwner,
  staleOrg,
  tooManyRequests,
} from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { User } from '../users/user.ts'
import type { AccessStore } from './access-sql.ts'
import { whyOver } from './invitation.ts'
import { hashOfToken } from './invitation-token.ts'
import type { Expected, FoundInvitation, JoinStore } from './join-sql.ts'
import type { JudgeText } from './judge-text.ts'
import { stateAfter } from './membership.ts'
import type { PhoneLinks } from './phone-link.ts'
import type { Membership, NewId } from './rows.ts'

const HOUR_MS = 3_600_000
const JOINS_PER_HOUR = 20

type Deps = {
  store: JoinStore
  access: Pick<AccessStore, 'findMine' | 'listMine' | 'hasLeft'>
  judge: JudgeText
  phoneLinks: PhoneLinks
  counter: Counter
  clock: Clock
  newId: NewId
}

export type ShownInvitation = {
  orgName: string
  needsApproval: boolean
  expiresAt: Date
  mine: Membership | null
}

export type Joins = ReturnType<typeof createJoins>

/** How a user becomes a member, and stops being one. */
export const createJoins = (deps: Deps) => {
  const { store, access, judge, phoneLinks, counter, clock, newId } = deps

  const findInvitation = async (token: string, appId: string): Promise<FoundInvitation> => {
    const found = await store.findInvitation(hashOfToken(token), appId)
    if (found === null) throw invitationInvalid()
    return found
  }
  const count = async ({ id, appId }: User) => {
    const { current, ttl } = await counter.increment(`join:${appId}:${id}`, HOUR_MS)
    if (current > JOINS_PER_HOUR) throw tooManyRequests('join', ttl)
  }
  const findExpected = async (user: User, { orgId, org }: FoundInvitation) => {
    const phone = await store.readPhone(user.id)
    if (phone === null) return null
    return store.findExpected(orgId, phoneLinks.candidates(org.publicId, phone))
  }
  /**
   * The roster vouches for the name. What WeChat cannot judge now, an administrator does: without
   * WeChat nobody comes in by a name that nobody has looked at.
   */
  const eventOf = async (
    user: User,
    name: string,
    { needsApproval }: FoundInvitation,
    expected: Expected | null,
  ) => {
    if (expected !== null) return 'enter'
    const verdict = await judge(user, name)
    if (verdict === 'refused') throw contentRefused('org')
    return needsApproval || verdict === 'unknown' ? 'request' : 'enter'
  }

  return {
    /** Rejects with LINK_INVALID; but who came by it, or belongs there, is told so even when it is over. */
    async show(
      token: string,
      viewer: { appId: string; user: User | null },
    ): Promise<ShownInvitation> {
      const found = await findInvitation(token, viewer.appId)
      const known = viewer.user && (await store.findMembership(found.orgId, viewer.user.id))
      const mine = known?.state === 'left' ? null : known
      const isOver = whyOver(found, clock.now()) !== null
      if (isOver && (mine === null || mine.state === 'refused')) throw invitationInvalid()
      const { org, needsApproval, expiresAt } = found
      return { orgName: org.name, needsApproval, expiresAt, mine }
    },

    /** The same answer again for who is a member, or waits, already. */
    async join(
      user: User,
      { invitation, name }: { invitation: string; name: string },
      requestId: string,
    ): Promise<Membership> {
      const found = await findInvitation(invitation, user.appId)
      const before = await store.findMembership(found.orgId, user.id)
      if (before?.state === 'active') return before
      if (before?.state === 'suspended') throw forbidden('suspended')
      const expected = await findExpected(user, found)
      if (before?.state === 'pending' && expected === null) return before
      if (before?.state !== 'pending' && whyOver(found, clock.now()) !== null) {
        throw invitationInvalid()
      }
      await count(user)
      const event = await eventOf(user, name, found, expected)
      const outcome = await store.join({
        userId: user.id,
        invitation: found,
        event,
        name,
        expected,
        newId: newId(),
        requestId,
        at: new Date(clock.now()),
      })
      if (outcome === 'refused') throw accountDisabled(null)
      if (outcome === 'over') throw invitationInvalid()
      if (outcome === 'raced') throw staleOrg()
      const member = await store.findMembership(found.orgId, user.id)
      if (member === null) throw new Error('who has just joined is not there')
      if (member.state === 'suspended') throw forbidden('suspended')
      return member
    },

    mine: (user: User): Promise<Membership[]> => access.listMine(user.id),

    /** Leaves a company, or withdraws the request to join it. Rejects with LAST_OWNER. */
    async leave(user: User, orgId: string, requestId: string): Promise<void> {
      const [mine] = await access.findMine(user.id, orgId)
      if (mine === undefined) {
        if (await access.hasLeft(user.id, orgId)) return
        throw forbidden('notMember')
      }
      if (stateAfter('leave', mine.state) === null) throw forbidden('suspended')
      const outcome = await store.leave(mine, { requestId, at: new Date(clock.now()) })
      if (outcome === 'last owner') throw lastOwner()
      if (outcome === 'duties') throw hasDuties('own')
      if (outcome === 'stale') throw staleOrg()
    },
  }
}
