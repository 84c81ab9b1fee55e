import type { MemberRole, MemberState, Membership } from '@oa/contracts'
import { messages } from '../i18n/index'

const { org } = messages

const roles = (): Record<MemberRole, string> => ({
  member: org.roleMember,
  organizer: org.roleOrganizer,
  admin: org.roleAdmin,
  owner: org.roleOwner,
})

const states = (): Record<MemberState, string> => ({
  expected: org.stateExpected,
  pending: org.statePending,
  active: org.stateActive,
  suspended: org.stateSuspended,
  left: org.stateLeft,
  refused: org.stateRefused,
})

export const roleName = (role: MemberRole): string => roles()[role]

export const stateName = (state: MemberState): string => states()[state]

/** A company in a list of the user's own ones. */
export type ShownMembership = { orgId: string; orgName: string; standing: string }

export const toShownMembership = ({
  orgId,
  orgName,
  ...membership
}: Membership): ShownMembership => ({ orgId, orgName, standing: standingOf(membership) })

/** Of an active member the role, of all others the state. */
export const standingOf = ({ role, state }: { role: MemberRole; state: MemberState }): string =>
  state === 'active' ? roleName(role) : stateName(state)
