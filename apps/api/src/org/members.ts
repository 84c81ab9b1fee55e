import type { AdminMembersParams, MembersParams, UpdateMemberRequest } from '@oa/contracts'
import {
  badValue,
  contentRefused,
  forbidden,
  hasDuties,
  lastOwner,
  notFound,
  staleOrg,
} from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { Access } from './access.ts'
import { requireRole } from './access.ts'
import type { DepartmentStore } from './departments-sql.ts'
import { findOwn } from './departments-sql.ts'
import type { JudgeText } from './judge-text.ts'
import type { Difference } from './member-change.ts'
import { describeDifference, differenceOf } from './member-change.ts'
import type { Listing, MemberStore, Person } from './members-sql.ts'
import { PAGE } from './members-sql.ts'
import type { MemberState } from './membership.ts'
import type { Role } from './role.ts'
import { mayActOn } from './role.ts'
import type { Membership } from './rows.ts'

const SHOWN_TO_ADMINISTRATORS: readonly MemberState[] = ['expected', 'active', 'suspended']

type Deps = {
  access: Access
  store: MemberStore
  departments: Pick<DepartmentStore, 'find'>
  judge: JudgeText
  clock: Clock
}

/** What a list is asked for. */
type Filter = {
  q?: string | undefined
  departmentId?: string | undefined
  role?: Role | undefined
  cursor?: string | undefined
}

export type Page = { items: Person[]; next?: string }
export type Members = ReturnType<typeof createMembers>

/** The people of a company, as its members and its administrators see them. */
export const createMembers = ({ access, store, departments, judge, clock }: Deps) => {
  const page = async (
    orgId: number,
    states: readonly MemberState[],
    { q, departmentId, role, cursor }: Filter,
  ): Promise<Page> => {
    const listing: Listing = { orgId, states, q, role }
    if (departmentId !== undefined) {
      listing.departmentId = (await findOwn(departments, orgId, departmentId)) ?? undefined
    }
    if (cursor !== undefined) {
      const place = await store.findPlace(orgId, cursor)
      if (place === null) throw badValue('cursor')
      listing.after = place
    }
    const found = await store.list(listing)
    const items = found.slice(0, PAGE)
    const last = items.at(-1)
    return found.length > PAGE && last !== undefined ? { items, next: last.publicId } : { items }
  }
  const judgeTexts = async (user: User, texts: readonly (string | undefined)[]) => {
    for (const text of texts) {
      if (!text) continue
      if ((await judge(user, text)) === 'refused') throw contentRefused('org')
    }
  }
  const requireRights = (actor: Membership, member: Membership, { change, event }: Difference) => {
    if (change.role !== undefined && event === null) requireRole(actor, 'changeRoles')
    if (actor.id === member.id && event !== null) throw badValue('self')
    if (actor.id !== member.id && !mayActOn(actor.role, member.role)) throw forbidden('ownersOnly')
  }

  return {
    page,
    judgeTexts,

    async list(user: User, params: MembersParams): Promise<Page> {
      const actor = await access.inOrg(user, 'readMembers', params.orgId)
      return page(actor.org.id, ['active'], params)
    },

    async listAll(user: User, params: AdminMembersParams): Promise<Page> {
      const actor = await access.inOrg(user, 'manageMembers', params.orgId)
      const { state } = params
      return page(actor.org.id, state === undefined ? SHOWN_TO_ADMINISTRATORS : [state], params)
    },

    async read(user: User, id: string): Promise<Person> {
      const { item } = await access.ofItem(user, 'manageMembers', (things) =>
        things.findColleague(user.id, id),
      )
      const person = await store.findPerson(item.id)
      if (person === null) throw notFound()
      return person
    },

    /** Resolves to the version of the member, which is the present one when nothing has to change. */
    async update(
      user: User,
      id: string,
      { version, ...asked }: UpdateMemberRequest,
      requestId: string,
    ): Promise<number> {
      const { item: member, actor } = await access.ofItem(user, 'manageMembers', (things) =>
        things.findColleague(user.id, id),
      )
      const departmentId = await findOwn(departments, actor.org.id, asked.departmentId)
      const compare = (present: Membership) =>
        differenceOf(
          { ...asked, departmentId },
          { ...present, departmentId: present.departmentRow },
        )
      const difference = compare(member)
      if (difference !== null && isNone(difference)) return member.version
      if (version !== member.version) throw staleOrg()
      if (difference === null) throw badValue('memberState')
      requireRights(actor, member, difference)
      const { name, title, decisionReason } = difference.change
      await judgeTexts(user, [name, title, decisionReason ?? undefined])
      const at = new Date(clock.now())
      const outcome = await store.change({
        member,
        change: {
          ...difference.change,
          ...(difference.change.status === undefined ? {} : timesOf(difference, at)),
        },
        actorId: actor.id,
        kind: 'member_changed',
        detail: describeDifference(difference),
        requestId,
        at,
      })
      if (outcome === 'last owner') throw lastOwner()
      if (outcome === 'duties') throw hasDuties()
      if (outcome === 'changed') return member.version + 1
      const now = await store.find(member.id)
      const left = now && compare(now)
      if (now !== null && left !== null && isNone(left)) return now.version
      throw staleOrg()
    },
  }
}

const isNone = ({ change }: Difference) => Object.keys(change).length === 0

const timesOf = ({ event }: Difference, at: Date) => (event === 'remove' ? { leftAt: at } : {})
