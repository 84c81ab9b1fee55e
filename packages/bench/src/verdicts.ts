import type { Block, Row } from './blocks.ts'
import type { PeopleResult } from './people.ts'
import { BARE, GUARDED, OURS, PEERS } from './servers.ts'
import type { Store } from './world.ts'

export type Verdict = {
  claim: string
  target: string
  /** Undefined when it was not measured. */
  value: number | undefined
  result: 'pass' | 'fail' | 'no verdict'
  /** Why there is no verdict. */
  why?: string
}

/** Two identical servers that differ by more leave nothing to judge. */
export const MOST_NOISE = 0.1

type Claim = {
  claim: string
  value: number | undefined
  atLeast?: number
  atMost?: number
  noise: number
  missing?: string | undefined
}

/** Judges one claim; noise and missing parts come before the number. */
export const judge = ({ claim, value, atLeast, atMost, noise, missing }: Claim): Verdict => {
  const target = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`
  const none = (why: string): Verdict => ({ claim, target, value, result: 'no verdict', why })
  if (missing !== undefined) return none(missing)
  if (value === undefined || !Number.isFinite(value)) return none('not measured')
  if (noise > MOST_NOISE) {
    return none(`two identical bare servers differ by ${Math.round(noise * 100)} %`)
  }
  const holds =
    (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
  return { claim, target, value, result: holds ? 'pass' : 'fail' }
}

const TUNED = PEERS.filter(({ tuned }) => tuned).map(({ name }) => name)
const CONCURRENCIES = [1, 64]

/** What is claimed of these stores, judged on what was measured; `tooShort` says why that cannot be. */
export const judgeAll = (
  stores: readonly Store[],
  blocks: Block[],
  people: PeopleResult[],
  tooShort?: string,
): Verdict[] =>
  stores.flatMap((store) => {
    const at = (what: Block['what'], concurrency: number) =>
      blocks.find(
        (block) =>
          block.store === store && block.what === what && block.concurrency === concurrency,
      )
    const signIn = (concurrency: number, atLeast: number) => {
      const block = at('sign-in', concurrency)
      return judge({
        claim: `${store}: sign-ins/s at ${concurrency}, to the best tuned peer`,
        value: block && perSecondToBestPeer(block.rows),
        atLeast,
        noise: block?.noise ?? 0,
        missing: tooShort ?? (block && missingPeers(block.rows)),
      })
    }
    const reads = CONCURRENCIES.flatMap((concurrency) => {
      const block = at('read', concurrency)
      const noise = block?.noise ?? 0
      const where = `at ${concurrency}`
      return [
        judge({
          claim: `${store}: a read as served ${where}, share of a bare Fastify route`,
          value: block && share(block.rows, BARE.name, OURS.name),
          atLeast: 0.5,
          noise,
          missing: tooShort,
        }),
        judge({
          claim: `${store}: the session check alone ${where}, share of a bare Fastify route`,
          value: block && share(block.rows, BARE.name, GUARDED.name),
          atLeast: 0.85,
          noise,
          missing: tooShort,
        }),
        judge({
          claim: `${store}: processor time of a read ${where}, the cheapest tuned peer's to ours`,
          value: block && cheapestPeer(block.rows),
          atLeast: 8,
          noise,
          missing: tooShort ?? (block && missingPeers(block.rows)),
        }),
      ]
    })
    const growth = (['sign-in', 'read'] as const).map((what) => {
      const result = people.find((one) => one.store === store && one.what === what)
      return judge({
        claim: `${store}: processor time of a ${what} among 10^6 people, to 10^3`,
        value: result && result.many.median / result.few.median,
        atMost: 1.15,
        noise: result?.noise ?? 0,
        missing: tooShort,
      })
    })
    return [signIn(64, 2.5), signIn(1, 1), ...reads, ...growth]
  })

const named = (rows: Row[], name: string) => rows.find(({ who }) => who === name)

const missingPeers = (rows: Row[]) => {
  const missing = TUNED.filter((name) => named(rows, name) === undefined)
  return missing.length === 0 ? undefined : `without ${missing.join(' and ')}`
}

const perSecondToBestPeer = (rows: Row[]) => {
  const ours = named(rows, OURS.name)
  const best = Math.max(...TUNED.map((name) => named(rows, name)?.perSecond.median ?? 0))
  return ours && best > 0 ? ours.perSecond.median / best : undefined
}

/** Processor time of `of` divided by that of `to`; undefined where the system tells none. */
export const share = (rows: Row[], of: string, to: string): number | undefined => {
  const [one, other] = [named(rows, of), named(rows, to)]
  if (one === undefined || other === undefined || other.cpuUs.median === 0) return undefined
  return one.cpuUs.median / other.cpuUs.median
}

const cheapestPeer = (rows: Row[]) => {
  const shares = TUNED.flatMap((name) => share(rows, name, OURS.name) ?? [])
  return shares.length === 0 ? undefined : Math.min(...shares)
}
