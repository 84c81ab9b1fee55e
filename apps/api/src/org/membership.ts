/** `org_member.status`, by its number. */
export const MEMBER_STATES = [
  'expected',
  'pending',
  'active',
  'suspended',
  'left',
  'refused',
] as const
export type MemberState = (typeof MEMBER_STATES)[number]

export const MemberStatus = {
  expected: 0,
  pending: 1,
  active: 2,
  suspended: 3,
  left: 4,
  refused: 5,
} as const satisfies Record<MemberState, number>

type Transition = { from: readonly (MemberState | 'none')[]; to: MemberState }

/** What can happen to a membership; whatever is not here does not happen. */
export const TRANSITIONS = {
  /** By an invitation that needs approval. */
  request: { from: ['none', 'left', 'refused'], to: 'pending' },
  /** By an invitation that does not, or by the roster. */
  enter: { from: ['none', 'expected', 'pending', 'left', 'refused'], to: 'active' },
  accept: { from: ['pending'], to: 'active' },
  refuse: { from: ['pending'], to: 'refused' },
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  /** A request is withdrawn by it too. Who is suspended cannot leave, and come back by an invitation. */
  leave: { from: ['pending', 'active'], to: 'left' },
  /** By an administrator. */
  remove: { from: ['expected', 'pending', 'active', 'suspended'], to: 'left' },
  /** The account is closed. */
  end: { from: ['expected', 'pending', 'active', 'suspended', 'refused', 'left'], to: 'left' },
} as const satisfies Record<string, Transition>

export type MemberEvent = keyof typeof TRANSITIONS

/** The state after the event; null when it cannot happen in this one. */
export const stateAfter = (event: MemberEvent, state: MemberState | 'none'): MemberState | null => {
  const { from, to }: Transition = TRANSITIONS[event]
  return from.includes(state) ? to : null
}

/** What brings a member to the state that an administrator asks for; null when nothing does. */
export const eventTowards = (
  wanted: 'active' | 'suspended' | 'left',
  state: MemberState,
): MemberEvent | null =>
  BY_ADMINISTRATORS.find((event) => {
    return TRANSITIONS[event].to === wanted && stateAfter(event, state) !== null
  }) ?? null

/** Requests to join are decided, not edited. */
const BY_ADMINISTRATORS = ['suspend', 'resume', 'remove'] as const

/** Of a row; the CHECK constraint of the column keeps to these numbers. */
export const memberStateOf = (status: number): MemberState => MEMBER_STATES[status] ?? 'left'
