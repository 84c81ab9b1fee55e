import type { Way } from './attempts.ts'
import { WAYS } from './attempts.ts'
import { chanceLonger, median, noiseOf } from './statistics.ts'

/** µs that each refusal took, by way; `again` repeats the first way and shows what chance alone does. */
export type Times = Record<Way | 'again', number[]>

const KINDS = [...WAYS, 'again'] as const
export type Kind = (typeof KINDS)[number]
export const wayOf = (kind: Kind): Way => (kind === 'again' ? WAYS[0] : kind)

/** Rounds of one refusal of each kind, in random order, so that a busy moment affects every kind alike. */
export const measureRounds = async (
  rounds: number,
  refuse: (kind: Kind) => number | Promise<number>,
): Promise<Times> => {
  const times = Object.fromEntries(KINDS.map((kind) => [kind, [] as number[]])) as Times
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of shuffled(KINDS)) times[kind].push(await refuse(kind))
  }
  return times
}

const shuffled = <T>(items: readonly T[]) =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)

/** One line for each way: its median, and how often it takes longer than wrong padding. */
export const describeTimes = (who: string, times: Times) => {
  const [reference] = WAYS
  const rows = KINDS.filter((kind) => kind !== reference).map((kind) => {
    const chance = chanceLonger(times[kind], times[reference])
    const name = kind === 'again' ? `${reference}, again` : kind
    return `| ${who} | ${name} | ${median(times[kind]).toFixed(1)} | ${chance.toFixed(3)} |`
  })
  const first = `| ${who} | ${reference} | ${median(times[reference]).toFixed(1)} | – |`
  return { rows: [first, ...rows], noise: noiseOf(times[reference].length) }
}
