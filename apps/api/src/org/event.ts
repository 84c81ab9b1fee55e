import type { Transaction } from '../infra/database/engine.ts'

/** What the record of a company tells. It holds ids and states, never a name. */
export type OrgEvent = {
  orgId: number
  /** Null for an operator, and for who is no member yet. */
  actorId: number | null
  kind:
    | 'founded'
    | 'closed'
    | 'appointed'
    | 'invited'
    | 'invitation_revoked'
    | 'requested'
    | 'entered'
    | 'accepted'
    | 'refused'
    | 'left'
    | 'ended'
    | 'member_changed'
    | 'department_added'
    | 'department_changed'
    | 'department_removed'
    | 'policy_changed'
    | 'roster_imported'
    | 'notice_sent'
    | 'meeting'
    | 'vote'
    | 'attendance'
    | 'room'
  /** The public id of what it is about. */
  subject: string
  detail?: string
  requestId: string
  at: Date
}

/** In the transaction of what it tells. */
export const addEvent = async (tx: Pick<Transaction, 'auditEvent'>, event: OrgEvent) => {
  await tx.auditEvent.create({ data: { detail: '', ...event } })
}

/** Of commands of an operator. */
export const COMMAND_LINE = 'command-line'
