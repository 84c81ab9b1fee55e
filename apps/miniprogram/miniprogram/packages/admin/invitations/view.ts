import type { Department, InvitationItem } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { localDateTime } from '../../../utils/time'

const { orgAdmin: texts } = messages

/** How many people may come by one, and for how many days. */
export const USES: readonly number[] = [1, 10, 50, 200, 1000]
export const DAYS: readonly number[] = [1, 7, 30]

/** What can be chosen for an invitation. */
export const choices = (departments: readonly Department[]) => ({
  departmentNames: [texts.noDepartment, ...departments.map(({ name }) => name)],
  useNames: USES.map((count) => fillIn(texts.people, { count })),
  dayNames: DAYS.map((count) => fillIn(texts.dayCount, { count })),
})

export type Shown = { id: string; name: string; text: string; over: string }

const overs = () => ({
  revoked: texts.wasRevoked,
  expired: texts.hasExpired,
  used: texts.usedUp,
})

export const toShown = (item: InvitationItem): Shown => ({
  id: item.id,
  name: [item.needsApproval ? texts.withApproval : texts.atOnce, item.department]
    .filter(Boolean)
    .join(' · '),
  text: fillIn(texts.invitationText, {
    uses: item.uses,
    of: item.maxUses,
    until: localDateTime(item.expiresAt),
  }),
  over: item.over ? overs()[item.over] : '',
})
