import { parseArgs } from 'node:util'
import type { Effort, What } from './blocks.ts'
import { WHATS } from './blocks.ts'
import type { Store } from './world.ts'
import { STORES } from './world.ts'

export const USAGE = `pnpm bench [options]
  --quick            short windows, 1 and 64 at once, one start each, without --people
  --people           only the part that compares 10^3 with 10^6 people
  --store <name>     sqlite or mariadb; both when absent
  --only <what>      sign-in or read; both when absent
  --without-peers    the limits and the usual way alone; nothing is installed
`

export type Options = {
  quick: boolean
  stores: Store[]
  whats: What[]
  withPeers: boolean
  /** The blocks of everyone, with starts and memory. */
  servers: boolean
  people: boolean
  effort: Effort
  /** Starts of each server beyond the one that is then under load. */
  extraStarts: number
}

const FULL: Effort = { rounds: 15, ms: 500, warmUpMs: 3_000, concurrencies: [1, 16, 64] }
const QUICK: Effort = { rounds: 2, ms: 150, warmUpMs: 200, concurrencies: [1, 64] }

/** Throws on an option or a name that it does not know. */
export const parseOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      people: { type: 'boolean', default: false },
      store: { type: 'string' },
      only: { type: 'string' },
      'without-peers': { type: 'boolean', default: false },
    },
  })
  const { quick, people, store, only } = values
  return {
    quick,
    stores: pick(STORES, store, '--store'),
    whats: pick(WHATS, only, '--only'),
    withPeers: !values['without-peers'],
    servers: !people,
    people: people || !quick,
    effort: quick ? QUICK : FULL,
    extraStarts: quick ? 0 : 4,
  }
}

/** All, or the one whose name begins so. */
const pick = <T extends string>(all: readonly T[], name: string | undefined, option: string) => {
  if (name === undefined) return [...all]
  const found = all.filter((one) => one.toLowerCase().startsWith(name.toLowerCase()))
  if (found.length === 0 || name === '') throw new Error(`${option} does not know ${name}`)
  return found
}
