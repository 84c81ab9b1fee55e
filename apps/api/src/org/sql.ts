import type { Engine } from '../infra/database/engine.ts'
import { createAccessStore } from './access-sql.ts'
import { createDepartmentStore } from './departments-sql.ts'
import type { Duties } from './duties.ts'
import { createFoundingStore } from './founding-sql.ts'
import { createInvitationStore } from './invitations-sql.ts'
import { createJoinStore } from './join-sql.ts'
import { createMemberStore } from './members-sql.ts'
import { createOrgNoticeStore } from './org-notices-sql.ts'
import { createRosterStore } from './roster-sql.ts'
import { createSettingsStore } from './settings-sql.ts'

export type OrgStores = ReturnType<typeof createOrgStores>

export const createOrgStores = (engine: Engine, duties: Duties) => ({
  access: createAccessStore(engine),
  joins: createJoinStore(engine, duties),
  members: createMemberStore(engine, duties),
  invitations: createInvitationStore(engine),
  departments: createDepartmentStore(engine),
  settings: createSettingsStore(engine),
  founding: createFoundingStore(engine),
  notices: createOrgNoticeStore(engine),
  rosters: createRosterStore(engine),
})
