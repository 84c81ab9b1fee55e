import { setTimeout as sleep } from 'node:timers/promises'
import type { Timed } from '../timed.ts'
import { spread } from '../timed.ts'
import type { Fault } from './faults.ts'
import type { Node, TwoNodes } from './two-nodes.ts'

/** An ended session, an account that is frozen, and sessions that all ended. */
const REFUSALS = [501, 704, 714]
/** Questions follow each other at once, later less densely: to a twentieth of the time that has passed. */
const PAUSE_SHARE = 1 / 20
const MOST_PAUSE_MS = 10
const GIVE_UP_MS = 10_000

export type Ending = {
  /** How long the log-out took to be answered. */
  answerMs: number
  /** From that answer to the first refusal by the other node; Infinity when it gave none in time. */
  refusedMs: number
  /** The node that ended the session served it afterwards. */
  servedByItself: boolean
}

export type Round = {
  endings: Ending[]
  /** Sessions that a node served again once the fault was over. */
  revived: number
}

/**
 * Signs so many people in, has both nodes serve them, and ends their sessions evenly over `ms` from when the
 * fault begins, on either node in turn, each watched on the other one.
 */
export const measureRound = async (
  world: TwoNodes,
  fault: Fault,
  { endings: count, ms }: { endings: number; ms: number },
  nextPerson: () => string,
): Promise<Round> => {
  const [first, second] = world.nodes
  await Promise.all([first.untilRedisIsUp(), second.untilRedisIsUp()])
  const tokens: string[] = []
  for (let index = 0; index < count; index += 1) {
    const token = await first.tokenFor(nextPerson())
    await expectServed(first, token)
    await expectServed(second, token)
    tokens.push(token)
  }

  const endings: Ending[] = []
  const end = (token: string, index: number) => async () => {
    const [ending, other] = index % 2 === 0 ? [first, second] : [second, first]
    const { measured, answer } = await endSession(token, ending, other)
    endings.push(measured)
    return answer
  }
  await fault.begin(world)
  await spread(tokens.map(end), ms)
  await fault.end(world)

  await Promise.all([first.untilRedisIsUp(), second.untilRedisIsUp()])
  let revived = 0
  for (const token of tokens) {
    const answers = await Promise.all([first.read(token), second.read(token)])
    if (answers.some(({ errno }) => errno === 0)) revived += 1
  }
  return { endings, revived }
}

const expectServed = async (node: Node, token: string) => {
  const { errno } = await node.read(token)
  if (errno !== 0) throw new Error(`a new session was refused with errno ${errno}`)
}

const endSession = async (
  token: string,
  ending: Node,
  other: Node,
): Promise<{ measured: Ending; answer: Timed }> => {
  const answer = await ending.logOut(token)
  const begin = performance.now()
  if (answer.errno !== 0) throw new Error(`a log-out was refused with errno ${answer.errno}`)
  const [refusedMs, own] = await Promise.all([
    untilRefused(other, token, begin),
    ending.read(token),
  ])
  return { answer, measured: { answerMs: answer.ms, refusedMs, servedByItself: own.errno === 0 } }
}

const untilRefused = async (node: Node, token: string, begin: number): Promise<number> => {
  for (;;) {
    const { errno } = await node.read(token)
    const passed = performance.now() - begin
    if (REFUSALS.includes(errno)) return passed
    if (passed > GIVE_UP_MS) return Number.POSITIVE_INFINITY
    await sleep(Math.min(MOST_PAUSE_MS, passed * PAUSE_SHARE))
  }
}
