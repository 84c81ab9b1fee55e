/** Who acts, seen from the meeting. `admin` administers the company and has no part in the meeting. */
export const WHO = [
  'creator',
  'host',
  'recorder',
  'auditor',
  'participant',
  'observer',
  'admin',
  'colleague',
  'stranger',
] as const
export type Who = (typeof WHO)[number]

export type Command =
  | { do: 'submit' | 'approve' | 'reject' | 'withdraw' | 'start' | 'end' | 'cancel' | 'delete' }
  | { do: 'extend'; to: number }
  | { do: 'rename'; title: string }
  | { do: 'move'; start: number; minutes: number }
  | { do: 'people'; full: boolean }
export type Step = { who: Who; stale: boolean; command: Command } | { wait: number }

type State =
  | 'draft'
  | 'pending'
  | 'rejected'
  | 'scheduled'
  | 'running'
  | 'ended'
  | 'cancelled'
  | 'gone'

/** Times are minutes after the begin of the run. */
export type Model = {
  now: number
  state: State
  version: number
  title: string
  start: number
  end: number
  /** With recorder and participant; else only the host and an observer take part. */
  full: boolean
  needsApproval: boolean
  /** When somebody else has the room. */
  taken: readonly [start: number, end: number]
  last: { what: string; who: Who } | null
}

/** What is answered: 0, or the errno of a refusal. */
export type Outcome = { errno: number; model: Model }

const [BAD_VALUE, STALE, FORBIDDEN, NOT_FOUND] = [402, 504, 506, 708]
const [WRONG_STATE, ROOM_TAKEN, NOT_NOW] = [727, 728, 729]
const EARLY = 30
const OVERDUE = 120
const DAY = 1_440

/** Written anew from the design, not from the code: action, states, result, who. */
const TABLE: readonly [
  what: string,
  from: readonly State[],
  to: State | 'same',
  by: 'organisers' | 'auditor' | 'organisers or admin',
][] = [
  ['submit', ['draft', 'rejected'], 'scheduled', 'organisers'],
  ['approve', ['pending'], 'scheduled', 'auditor'],
  ['reject', ['pending'], 'rejected', 'auditor'],
  ['withdraw', ['pending'], 'draft', 'organisers'],
  ['update', ['draft', 'rejected', 'scheduled'], 'same', 'organisers'],
  ['start', ['scheduled'], 'running', 'organisers'],
  ['extend', ['running'], 'same', 'organisers'],
  ['end', ['running'], 'ended', 'organisers'],
  ['cancel', ['pending', 'scheduled'], 'cancelled', 'organisers or admin'],
  ['delete', ['draft'], 'gone', 'organisers'],
]

const EDITS = ['rename', 'move', 'people']
const whatOf = (command: Command) => (EDITS.includes(command.do) ? 'update' : command.do)

/** What time alone makes of it. */
export const passTime = (model: Model): Model => {
  const { state, now, start, end } = model
  if (state === 'pending' && now >= start) return { ...model, state: 'rejected', last: null }
  if (state === 'scheduled' && now >= start) {
    return passTime({ ...model, state: 'running', last: null })
  }
  if (state === 'running' && now >= end + OVERDUE) return { ...model, state: 'ended', last: null }
  return model
}

const organises = ({ full }: Model, who: Who) =>
  who === 'creator' || who === 'host' || (who === 'recorder' && full)
const takesPart = ({ full }: Model, who: Who) =>
  who === 'host' || who === 'observer' || (full && (who === 'recorder' || who === 'participant'))
const isAdmin = (who: Who) => who === 'admin' || who === 'auditor'

export const sees = (model: Model, who: Who): boolean => {
  const { state } = model
  if (who === 'stranger' || state === 'gone') return false
  if (organises(model, who)) return true
  if (state === 'draft') return false
  if (isAdmin(who)) return true
  return state !== 'pending' && state !== 'rejected' && takesPart(model, who)
}

const changeOf = (command: Command): Partial<Model> => {
  if (command.do === 'rename') return { title: command.title }
  if (command.do === 'people') return { full: command.full }
  if (command.do === 'extend') return { end: command.to }
  if (command.do === 'move') return { start: command.start, end: command.start + command.minutes }
  return {}
}
const isSame = (model: Model, change: Partial<Model>) =>
  (Object.keys(change) as (keyof Model)[]).every((key) => model[key] === change[key])

/** What the design makes of a command. */
export const expectOutcome = (before: Model, step: Exclude<Step, { wait: number }>): Outcome => {
  const { who, stale, command } = step
  const model = passTime(before)
  const refuse = (errno: number): Outcome => ({ errno, model })
  if (!sees(model, who)) return refuse(NOT_FOUND)
  const what = whatOf(command)
  const row = TABLE.find(([name]) => name === what)
  if (row === undefined) throw new Error(`no row for ${what}`)
  const [, from, to, by] = row
  const change = changeOf(command)
  const isRepeated = stale && model.last?.what === what && model.last.who === who
  if (what === 'update' && !organises(model, who)) return refuse(FORBIDDEN)
  if (isRepeated && isSame(model, change)) return { errno: 0, model }
  const mayBe = {
    organisers: organises(model, who),
    auditor: who === 'auditor',
    'organisers or admin': organises(model, who) || isAdmin(who),
  }
  if (!mayBe[by]) return refuse(FORBIDDEN)
  if (stale) return refuse(STALE)
  if (!from.includes(model.state)) return refuse(WRONG_STATE)
  const after: Model = { ...model, ...change }
  const { now, needsApproval, taken } = model
  if (what === 'submit' && (now >= model.start || !model.full)) return refuse(NOT_NOW)
  if (what === 'update' && model.state === 'scheduled' && !after.full) return refuse(NOT_NOW)
  if (what === 'start' && now < model.start - EARLY) return refuse(NOT_NOW)
  if (command.do === 'extend') {
    if (command.to <= now) return refuse(NOT_NOW)
    if (command.to <= model.start || command.to - model.start > DAY) return refuse(BAD_VALUE)
  }
  if (what === 'update' && isSame(model, change)) return { errno: 0, model }
  const isMoved = after.start !== model.start || after.end !== model.end
  if (what === 'update' && model.state === 'scheduled' && after.start <= now) return refuse(NOT_NOW)
  const holds = what === 'submit' || (isMoved && ['scheduled', 'running'].includes(model.state))
  if (holds && after.start < taken[1] && taken[0] < after.end) return refuse(ROOM_TAKEN)
  const asksAgain =
    needsApproval &&
    (what === 'submit' || (isMoved && what === 'update' && model.state === 'scheduled'))
  const state = asksAgain ? 'pending' : to === 'same' ? model.state : to
  return {
    errno: 0,
    model: { ...after, state, version: model.version + 1, last: { what, who } },
  }
}
