import type { DecideJoinRequest, JoinRequestsParams } from '@oa/contracts'
import { staleOrg } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { Access } from './access.ts'
import type { DepartmentStore } from './departments-sql.ts'
import { findOwn } from './departments-sql.ts'
import type { Members } from './members.ts'
import type { MemberStore, Person } from './members-sql.ts'
import { MemberStatus } from './membership.ts'
import type { Membership } from './rows.ts'

type Deps = {
  access: Access
  store: MemberStore
  departments: Pick<DepartmentStore, 'find'>
  members: Pick<Members, 'page' | 'judgeTexts'>
  clock: Clock
}

export type RequestToJoin = Person & { invitedBy: string | null }

export type JoinRequests = ReturnType<typeof createJoinRequests>

/** Who waits to be let in, and what administrators decide. */
export const createJoinRequests = ({ access, store, departments, members, clock }: Deps) => ({
  async list(
    user: User,
    { orgId, cursor }: JoinRequestsParams,
  ): Promise<{ items: RequestToJoin[]; next?: string }> {
    const actor = await access.inOrg(user, 'decideRequests', orgId)
    const { items, ...rest } = await members.page(actor.org.id, ['pending'], { cursor })
    const inviters = await store.invitersOf(items.map(({ invitationId }) => invitationId))
    return {
      ...rest,
      items: items.map((person) => ({
        ...person,
        invitedBy: inviters.get(person.invitationId ?? 0) ?? null,
      })),
    }
  },

  /** The same answer again for who has decided the same already. */
  async decide(
    user: User,
    id: string,
    { version, accept, reason, name, departmentId }: DecideJoinRequest,
    requestId: string,
  ): Promise<number> {
    const { item: member, actor } = await access.ofItem(user, 'decideRequests', (things) =>
      things.findColleague(user.id, id),
    )
    const wanted = accept ? 'active' : 'refused'
    const isDone = (found: Membership) => found.state === wanted && found.decidedBy === actor.id
    if (isDone(member)) return member.version
    if (member.state !== 'pending' || member.version !== version) throw staleOrg()
    const own = await findOwn(departments, actor.org.id, departmentId)
    await members.judgeTexts(user, [name, reason])
    const at = new Date(clock.now())
    const outcome = await store.change({
      member,
      change: accept
        ? {
            status: MemberStatus.active,
            joinedAt: at,
            ...(name === undefined ? {} : { name }),
            ...(own === undefined ? {} : { departmentId: own }),
          }
        : { status: MemberStatus.refused, decisionReason: reason || null },
      actorId: actor.id,
      kind: accept ? 'accepted' : 'refused',
      detail: '',
      requestId,
      at,
    })
    if (outcome === 'changed') return member.version + 1
    const now = await store.find(member.id)
    if (now === null || !isDone(now)) throw staleOrg()
    return now.version
  },
})
