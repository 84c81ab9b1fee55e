import type { Meeting, Part } from './rows.ts'
import { ANNOUNCED } from './state.ts'
import type { MeetingRole } from './transitions.ts'
import { isOrganiser } from './transitions.ts'

type WhoIsWho = Pick<Meeting, 'creatorId' | 'hostId' | 'recorderId' | 'auditorId'>

/** Who a member is to a meeting; `part` is null for who does not take part. */
export const rolesOf = (
  { creatorId, hostId, recorderId, auditorId }: WhoIsWho,
  memberId: number,
  part: Part | null,
): MeetingRole[] => {
  const roles: MeetingRole[] = []
  if (creatorId === memberId) roles.push('creator')
  if (hostId === memberId) roles.push('host')
  if (recorderId === memberId) roles.push('recorder')
  if (auditorId === memberId) roles.push('auditor')
  if (part !== null) roles.push(part === 'observer' ? 'observer' : 'participant')
  return roles
}

/** How much of a meeting somebody sees: all, the card alone, or that there is none. */
export type View = 'full' | 'card' | 'none'

export const viewOf = (
  state: Meeting['state'],
  { roles, admin }: { roles: readonly MeetingRole[]; admin: boolean },
): View => {
  if (isOrganiser(roles)) return 'full'
  if (state === 'draft') return 'none'
  const isSeen = ANNOUNCED.includes(state) ? roles.length > 0 : roles.includes('auditor')
  if (isSeen) return 'full'
  return admin ? 'card' : 'none'
}

/** Who replied what, and who has seen it, is told to those who organise or approve the meeting. */
export const seesReplies = (roles: readonly MeetingRole[]): boolean =>
  isOrganiser(roles) || roles.includes('auditor')
