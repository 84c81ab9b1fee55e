/** `org_member.role`, by its number; each may what those before it may. */
export const ROLES = ['member', 'organizer', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const OWNER = ROLES.indexOf('owner')

/** The least role that each thing needs. */
export const LEAST_ROLE = {
  readMembers: 'member',
  readDepartments: 'member',
  manageInvitations: 'admin',
  decideRequests: 'admin',
  manageMembers: 'admin',
  manageDepartments: 'admin',
  managePolicy: 'admin',
  manageRooms: 'admin',
  manageMeetings: 'admin',
  approveMeetings: 'admin',
  /** Call a meeting where the company does not let every member. */
  convene: 'organizer',
  sendNotices: 'admin',
  readAudit: 'admin',
  changeRoles: 'owner',
} as const satisfies Record<string, Role>

export type Permission = keyof typeof LEAST_ROLE

export const may = (role: Role, permission: Permission): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[permission])

/** Calls meetings: by role, or because the company lets every member. */
export const mayConvene = ({ role, org }: { role: Role; org: { memberMayConvene: boolean } }) =>
  org.memberMayConvene || may(role, 'convene')

/** Owners act on everybody; administrators on those who are none, so that none can push another out. */
export const mayActOn = (actor: Role, target: Role): boolean =>
  actor === 'owner' || ROLES.indexOf(actor) > ROLES.indexOf(target)

/** Of a row; the CHECK constraint of the column keeps to these numbers. */
export const roleOf = (number: number): Role => ROLES[number] ?? 'member'
