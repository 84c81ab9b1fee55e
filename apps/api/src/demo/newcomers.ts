import type { Logger } from 'pino'
import type { Clock } from '../infra/database/clock.ts'
import type { FoundingStore } from '../org/founding-sql.ts'
import type { Joins } from '../org/join.ts'
import type { JoinStore } from '../org/join-sql.ts'
import { ROLES } from '../org/role.ts'
import type { Membership, NewId } from '../org/rows.ts'
import type { User } from '../users/user.ts'
import type { Greeter } from './greeting.ts'

const MAX_NAME = 40

type Deps = {
  joins: Joins
  founding: Pick<FoundingStore, 'findByName' | 'appoint'>
  memberships: Pick<JoinStore, 'findMembership'>
  greeter: Greeter
  /** The company's name. */
  orgName: string
  clock: Clock
  newId: NewId
  log: Logger
}

/**
 * For development alone: a user who never belonged to the demo company is made an administrator of it
 * as soon as they ask where they belong, and finds something to do there.
 */
export const withDemoOrg = (deps: Deps): Joins => {
  const { joins, founding, memberships, greeter, orgName, clock, newId, log } = deps
  /** By user: pages ask several times at once. */
  const inFlight = new Map<number, Promise<Membership[]>>()

  const takeIn = async (user: User, found: Membership[]): Promise<Membership[]> => {
    const org = await founding.findByName(user.appId, orgName)
    if (org === null || (await memberships.findMembership(org.id, user.id)) !== null) return found
    const host = await greeter.findHost(org)
    if (host === null) return found
    const appointment = {
      userId: user.id,
      name: user.nickName.slice(0, MAX_NAME),
      publicId: newId(),
      role: ROLES.indexOf('admin'),
    }
    await founding.appoint(org.id, appointment, new Date(clock.now()))
    try {
      await greeter.greet(org, host)
    } catch (err) {
      log.warn({ err }, 'a newcomer to the demo company finds nothing to do')
    }
    return joins.mine(user)
  }

  return {
    ...joins,
    async mine(user: User) {
      const found = await joins.mine(user)
      if (found.length > 0 && !inFlight.has(user.id)) return found
      const taking = inFlight.get(user.id) ?? takeIn(user, found)
      inFlight.set(user.id, taking)
      try {
        return await taking
      } finally {
        inFlight.delete(user.id)
      }
    },
  }
}
