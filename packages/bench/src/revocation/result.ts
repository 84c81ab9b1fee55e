import { quantile } from '../statistics.ts'
import type { Timed } from '../timed.ts'
import { refusals } from '../timed.ts'
import type { Ending } from './endings.ts'
import type { Fault } from './faults.ts'

export type FaultResult = {
  fault: Pick<Fault, 'name' | 'targetMs'>
  endings: Ending[]
  revived: number
  /** What others were answered meanwhile. */
  load: Timed[]
}

export const HEAD = [
  'Redis',
  'p50',
  'p99',
  'maximum',
  'target p99',
  'log-out answered, p99',
  'others refused',
]

/** One line of the table. */
export const describeResult = ({ fault, endings, load }: FaultResult): string[] => {
  const refused = endings.map(({ refusedMs }) => refusedMs)
  return [
    fault.name,
    quantile(refused, 0.5).toFixed(1),
    quantile(refused, 0.99).toFixed(1),
    quantile(refused, 1).toFixed(1),
    String(fault.targetMs),
    quantile(
      endings.map(({ answerMs }) => answerMs),
      0.99,
    ).toFixed(1),
    `${refusals(load)} of ${load.length}`,
  ]
}

/** Every promise that was broken, in a sentence each. */
export const missed = ({ fault, endings, revived }: FaultResult): string[] => {
  const p99 = quantile(
    endings.map(({ refusedMs }) => refusedMs),
    0.99,
  )
  const served = endings.filter(({ servedByItself }) => servedByItself).length
  return [
    ...(p99 > fault.targetMs ? [`Redis ${fault.name}: p99 is above ${fault.targetMs} ms`] : []),
    ...(served > 0
      ? [`Redis ${fault.name}: ${served} were served by the node that ended them`]
      : []),
    ...(revived > 0 ? [`Redis ${fault.name}: ${revived} sessions came back`] : []),
  ]
}
