import { uuidv7 } from 'uuidv7'
import type { KeyRing } from '../config/key-ring.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { User } from '../users/user.ts'
import { createAccess } from './access.ts'
import { createDepartments } from './departments.ts'
import { createInvitationTokens } from './invitation-token.ts'
import { createOrgInvitations } from './invitations.ts'
import { createJoins } from './join.ts'
import type { JudgeText } from './judge-text.ts'
import { createMembers } from './members.ts'
import { createOrgNotices } from './org-notices.ts'
import { createPhoneLinks } from './phone-link.ts'
import { createJoinRequests } from './requests.ts'
import { createOrgSettings } from './settings.ts'
import type { OrgStores } from './sql.ts'

type Deps = {
  stores: OrgStores
  judge: JudgeText
  keys: KeyRing
  wechats: { of(appId: string): Pick<WeChat, 'drawCode'> }
  counter: Counter
  clock: Clock
}

export type Orgs = ReturnType<typeof createOrgs>

/** Companies with their people, as members and administrators use them. */
export const createOrgs = (deps: Deps) => {
  const { stores, judge, keys, wechats, counter, clock } = deps
  const access = createAccess(stores.access)
  const { departments } = stores
  const shared = { access, clock, newId: uuidv7 }
  const members = createMembers({ ...shared, store: stores.members, departments, judge })

  return {
    access,

    /** The numbers under which a user is an active member, of one company or of all. */
    async membersOf({ id }: Pick<User, 'id'>, orgId?: string): Promise<number[]> {
      if (orgId !== undefined) return [(await access.inOrg({ id }, 'readMembers', orgId)).id]
      const mine = await stores.access.findMine(id)
      return mine.filter(({ state }) => state === 'active').map((member) => member.id)
    },

    joins: createJoins({
      store: stores.joins,
      access: stores.access,
      judge,
      phoneLinks: createPhoneLinks(keys),
      counter,
      clock,
      newId: uuidv7,
    }),
    members,
    requests: createJoinRequests({ ...shared, store: stores.members, departments, members }),
    invitations: createOrgInvitations({
      ...shared,
      store: stores.invitations,
      departments,
      tokens: createInvitationTokens(keys),
      wechats,
      counter,
    }),
    departments: createDepartments({ ...shared, store: departments, judge }),
    notices: createOrgNotices({
      access,
      store: stores.notices,
      departments,
      judge,
      counter,
      clock,
    }),
    settings: createOrgSettings({ ...shared, store: stores.settings }),
  }
}
