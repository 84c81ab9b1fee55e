import type { InvitationResult, Membership } from '@oa/contracts'
import { fillIn, messages } from '../../i18n/index'

const { joining: texts } = messages

type Session = { userInfo?: { nickName: string } | undefined } | undefined

/** What the page shows of an invitation, and of what became of it. */
export const toView = ({ orgName, needsApproval, mine }: InvitationResult, session: Session) => {
  const state = stateOf(mine, session)

  return {
    orgName,
    initial: Array.from(orgName)[0] || '',
    needsApproval,
    state,
    lead: fillIn(leads()[state], { name: mine?.name ?? '' }),
    name: mine?.name ?? '',
    reason: noticeOf(mine),
    failure: null,
    isOver: false,
  }
}

const noticeOf = (mine: Membership | null): string => {
  if (!mine || mine.state === 'pending' || mine.state === 'active') return ''
  const { state, reason } = mine
  if (state === 'refused') {
    return reason ? fillIn(texts.refusedBecause, { reason }) : texts.refusedPlain
  }
  return reason ? fillIn(texts.reasonIs, { reason }) : ''
}

export type JoinState = 'guest' | 'form' | 'pending' | 'active' | 'suspended'

const stateOf = (mine: Membership | null, session: Session): JoinState => {
  if (!session) return 'guest'
  if (mine?.state === 'pending' || mine?.state === 'active' || mine?.state === 'suspended') {
    return mine.state
  }
  return 'form'
}

const leads = (): Record<JoinState, string> => ({
  guest: texts.invites,
  form: texts.invites,
  pending: texts.pendingText,
  active: texts.activeText,
  suspended: texts.suspendedTitle,
})
