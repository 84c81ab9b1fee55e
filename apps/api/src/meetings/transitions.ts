import type { StateName } from './state.ts'

const MINUTE_MS = 60_000
/** How long before its start the organisers may open a meeting. */
export const EARLY_START_MS = 30 * MINUTE_MS

/** Who somebody is to a meeting. */
export type MeetingRole = 'creator' | 'host' | 'recorder' | 'auditor' | 'participant' | 'observer'

/** What decides besides the state. */
export type Facts = {
  now: number
  startsAt: Date
  endsAt: Date
  /** Whether the company's rules want somebody to approve this meeting. */
  needsApproval: boolean
  /** Participants besides the host. */
  others: number
}

type Rule = (facts: Facts) => boolean
/** What a refusal tells. */
export type RuleName = 'startsLater' | 'hasOthers' | 'isAboutToStart'

const startsLater: Rule = ({ now, startsAt }) => now < startsAt.getTime()
const hasOthers: Rule = ({ others }) => others > 0
const needsApproval: Rule = (facts) => facts.needsApproval
const needsNone: Rule = (facts) => !facts.needsApproval
const isAboutToStart: Rule = ({ now, startsAt }) => now >= startsAt.getTime() - EARLY_START_MS

/** Who may do something: the organisers are creator, host and recorder together. */
type Doer = 'organisers' | 'auditor' | 'admin'

export type Action =
  | 'submit'
  | 'approve'
  | 'reject'
  | 'withdraw'
  | 'update'
  | 'start'
  | 'extend'
  | 'end'
  | 'cancel'
  | 'delete'

export type Transition = {
  action: Action
  from: readonly StateName[]
  /** `gone`: the row is deleted. `same`: the state stays. */
  to: StateName | 'same' | 'gone'
  by: readonly Doer[]
  /** Chooses between two transitions of one action and state. */
  applies?: Rule
  /** All must hold; the name is what a refusal tells. */
  rules?: Readonly<Partial<Record<RuleName, Rule>>>
}

/** A meeting's life, as far as people decide it; what time decides is in state.ts. */
export const TRANSITIONS: readonly Transition[] = [
  {
    action: 'submit',
    from: ['draft', 'rejected'],
    to: 'pending',
    by: ['organisers'],
    applies: needsApproval,
    rules: { startsLater, hasOthers },
  },
  {
    action: 'submit',
    from: ['draft', 'rejected'],
    to: 'scheduled',
    by: ['organisers'],
    applies: needsNone,
    rules: { startsLater, hasOthers },
  },
  {
    action: 'approve',
    from: ['pending'],
    to: 'scheduled',
    by: ['auditor'],
    rules: { startsLater },
  },
  { action: 'reject', from: ['pending'], to: 'rejected', by: ['auditor'] },
  { action: 'withdraw', from: ['pending'], to: 'draft', by: ['organisers'] },
  { action: 'update', from: ['draft', 'rejected'], to: 'same', by: ['organisers'] },
  {
    action: 'update',
    from: ['scheduled'],
    to: 'same',
    by: ['organisers'],
    rules: { startsLater, hasOthers },
  },
  {
    action: 'start',
    from: ['scheduled'],
    to: 'running',
    by: ['organisers'],
    rules: { isAboutToStart },
  },
  { action: 'extend', from: ['running'], to: 'same', by: ['organisers'] },
  { action: 'end', from: ['running'], to: 'ended', by: ['organisers'] },
  {
    action: 'cancel',
    from: ['pending', 'scheduled'],
    to: 'cancelled',
    by: ['organisers', 'admin'],
  },
  { action: 'delete', from: ['draft'], to: 'gone', by: ['organisers'] },
]

const RULE_NAMES: readonly RuleName[] = ['startsLater', 'hasOthers', 'isAboutToStart']

export type Decision =
  | { kind: 'to'; to: StateName | 'gone' }
  /** In another state than this action needs. */
  | { kind: 'wrong state' }
  /** Somebody else's business. */
  | { kind: 'forbidden' }
  | { kind: 'not now'; rule: RuleName }

const ORGANISERS: readonly MeetingRole[] = ['creator', 'host', 'recorder']

export const isOrganiser = (roles: readonly MeetingRole[]): boolean =>
  roles.some((role) => ORGANISERS.includes(role))

type Actor = {
  roles: readonly MeetingRole[]
  /** An administrator of the company. */
  admin: boolean
}

const isAllowed = ({ roles, admin }: Actor, by: readonly Doer[]): boolean =>
  by.some((doer) => {
    if (doer === 'organisers') return isOrganiser(roles)
    if (doer === 'admin') return admin
    // Nobody approves what they called or lead themselves, or once they administer nothing any more.
    return (
      admin && roles.includes('auditor') && !roles.includes('creator') && !roles.includes('host')
    )
  })

/** What becomes of a meeting in that state when the actor wants this. */
export const decide = (
  action: Action,
  { state, facts, actor }: { state: StateName; facts: Facts; actor: Actor },
): Decision => {
  const rows = TRANSITIONS.filter((row) => row.action === action)
  if (!rows.some(({ by }) => isAllowed(actor, by))) return { kind: 'forbidden' }
  const row = rows.find(({ from, applies = () => true }) => from.includes(state) && applies(facts))
  if (row === undefined) return { kind: 'wrong state' }
  if (!isAllowed(actor, row.by)) return { kind: 'forbidden' }
  const rule = RULE_NAMES.find((name) => row.rules?.[name]?.(facts) === false)
  if (rule !== undefined) return { kind: 'not now', rule }
  return { kind: 'to', to: row.to === 'same' ? state : row.to }
}

/** What the actor could do now; pages show these buttons. */
export const possibleActions = (about: {
  state: StateName
  facts: Facts
  actor: Actor
}): Action[] =>
  [...new Set(TRANSITIONS.map(({ action }) => action))].filter((action) => {
    const { kind } = decide(action, about)
    return kind === 'to'
  })
