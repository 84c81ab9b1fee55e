import { badValue, forbidden, notFound } from '../errors/business-error.ts'
import type { User } from '../users/user.ts'
import type { AccessStore } from './access-sql.ts'
import type { Permission } from './role.ts'
import { LEAST_ROLE, may } from './role.ts'
import type { Membership } from './rows.ts'

type Who = Pick<User, 'id'>

export type Access = ReturnType<typeof createAccess>

/**
 * The guard of everything that belongs to a company. A company that the caller names and does not belong
 * to is FORBIDDEN, whether it exists or not; a thing of such a company is NOT_FOUND.
 */
export const createAccess = (store: AccessStore) => {
  const member = async ({ id }: Who, orgId?: string): Promise<Membership> => {
    const mine = await store.findMine(id, orgId)
    const [first, second] = mine.filter(({ state }) => state === 'active')
    if (first === undefined) throw forbidden(whyNot(mine))
    if (second !== undefined) throw badValue('whichOrg')
    return first
  }

  return {
    /** The caller in a company; it may be left unnamed by who belongs to one alone. */
    async inOrg(user: Who, permission: Permission, orgId?: string): Promise<Membership> {
      const actor = await member(user, orgId)
      requireRole(actor, permission)
      return actor
    },

    /** What `find` finds for the caller, with the caller in its company. */
    async ofItem<Item extends { org: { publicId: string } }>(
      user: Who,
      permission: Permission,
      find: (store: AccessStore) => Promise<Item | null>,
    ): Promise<{ item: Item; actor: Membership }> {
      const item = await find(store)
      if (item === null) throw notFound()
      const actor = await member(user, item.org.publicId)
      requireRole(actor, permission)
      return { item, actor }
    },
  }
}

const whyNot = (mine: readonly Membership[]) => {
  if (mine.some(({ state }) => state === 'suspended')) return 'suspended'
  return mine.some(({ state }) => state === 'pending') ? 'pending' : 'notMember'
}

export const requireRole = ({ role }: Pick<Membership, 'role'>, permission: Permission) => {
  if (may(role, permission)) return
  throw forbidden(LEAST_ROLE[permission] === 'owner' ? 'ownersOnly' : 'adminsOnly')
}
