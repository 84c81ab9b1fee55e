import type { AuditParams, UpdatePolicyRequest } from '@oa/contracts'
import { staleOrg } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { Access } from './access.ts'
import type { PolicyChange, SettingsStore } from './settings-sql.ts'

/** `org.approval`, by its number: which meetings need approval. */
export const APPROVALS = ['none', 'rooms', 'all'] as const

const EVENTS = 100

type Deps = { access: Access; store: SettingsStore; clock: Clock }

export type OrgSettings = ReturnType<typeof createOrgSettings>

export const createOrgSettings = ({ access, store, clock }: Deps) => ({
  async readPolicy(user: User, orgId?: string) {
    const actor = await access.inOrg(user, 'managePolicy', orgId)
    return store.read(actor.org.id)
  },

  /** Resolves to the policy as it is then. */
  async changePolicy(
    user: User,
    { orgId, version, ...asked }: UpdatePolicyRequest,
    requestId: string,
  ) {
    const actor = await access.inOrg(user, 'managePolicy', orgId)
    const found = await store.read(actor.org.id)
    const change = differenceOf(asked, found)
    if (Object.keys(change).length === 0) return found
    const stamp = { actorId: actor.id, requestId, at: new Date(clock.now()) }
    if (!(await store.change(actor.org, { version, change }, stamp))) throw staleOrg()
    return store.read(actor.org.id)
  },

  async listEvents(user: User, { orgId, subject, before }: AuditParams) {
    const actor = await access.inOrg(user, 'readAudit', orgId)
    return store.listEvents(actor.org.id, {
      subject,
      limit: EVENTS,
      ...(before === undefined ? {} : { before: new Date(before) }),
    })
  },
})

/** The columns that are not yet as asked. */
const differenceOf = (
  { approval, ...same }: Omit<UpdatePolicyRequest, 'orgId' | 'version'>,
  found: Required<PolicyChange>,
): PolicyChange => {
  const asked: PolicyChange = { ...same }
  if (approval !== undefined) asked.approval = APPROVALS.indexOf(approval)
  const names = Object.keys(asked) as (keyof PolicyChange)[]
  return Object.fromEntries(
    names.filter((name) => asked[name] !== found[name]).map((name) => [name, asked[name]]),
  )
}
