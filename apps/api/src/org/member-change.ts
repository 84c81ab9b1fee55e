import type { UpdateMemberRequest } from '@oa/contracts'
import type { MemberEvent } from './membership.ts'
import { eventTowards, MemberStatus } from './membership.ts'
import { ROLES } from './role.ts'
import type { Membership } from './rows.ts'

type Asked = Omit<UpdateMemberRequest, 'version' | 'departmentId' | 'orgId'> & {
  /** The row number of the department; null takes the member out of any. */
  departmentId?: number | null | undefined
}
type Present = Pick<Membership, 'name' | 'title' | 'role' | 'state'> & {
  departmentId: number | null
}

export type Difference = {
  /** The columns that are to change; none when the member already is as asked. */
  change: {
    name?: string
    title?: string
    departmentId?: number | null
    role?: number
    status?: number
    decisionReason?: string | null
  }
  /** Null when the state stays. */
  event: MemberEvent | null
}

/** What has to change so that the member is as asked; null when the state cannot become so. */
export const differenceOf = (asked: Asked, present: Present): Difference | null => {
  const change: Difference['change'] = {}
  if (asked.name !== undefined && asked.name !== present.name) change.name = asked.name
  if (asked.title !== undefined && asked.title !== present.title) change.title = asked.title
  if (asked.departmentId !== undefined && asked.departmentId !== present.departmentId) {
    change.departmentId = asked.departmentId
  }
  if (asked.role !== undefined && asked.role !== present.role) {
    change.role = ROLES.indexOf(asked.role)
  }
  if (asked.state === undefined || asked.state === present.state) return { change, event: null }
  const event = eventTowards(asked.state, present.state)
  if (event === null) return null
  change.status = MemberStatus[asked.state]
  change.decisionReason = asked.state === 'active' ? null : asked.reason || null
  if (asked.state === 'left') change.role = 0
  return { change, event }
}

/** Names of columns and of the event, for the record: what was changed, never to what. */
export const describeDifference = ({ change, event }: Difference): string =>
  [event, ...Object.keys(change).filter((name) => !UNTOLD.has(name))]
    .filter((word) => word !== null)
    .join(' ')

const UNTOLD = new Set(['status', 'decisionReason'])
