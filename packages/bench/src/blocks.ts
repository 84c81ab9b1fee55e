import { eachInTurn, isProfile, isSignedIn, readOf, signInOf, signInReaders } from './calls.ts'
import type { Call, Headers, Measured } from './load.ts'
import { measure } from './load.ts'
import type { Progress } from './progress.ts'
import { BARE, GUARDED, OURS, TWIN } from './servers.ts'
import type { Summary } from './statistics.ts'
import { difference, summarize } from './statistics.ts'
import type { Running, Store } from './world.ts'

export const WHATS = ['sign-in', 'read'] as const
export type What = (typeof WHATS)[number]
export type Effort = { rounds: number; ms: number; warmUpMs: number; concurrencies: number[] }

export type Row = {
  who: string
  perSecond: Summary
  /** Of the process that answers. */
  cpuUs: Summary
  /** Of MariaDB and Redis; SQLite is inside the process. */
  databaseCpuUs: Summary
}

export type Block = {
  store: Store
  what: What
  concurrency: number
  rows: Row[]
  /** By what share the two identical bare servers differ, in the worse of rate and processor time. */
  noise: number
}

type Subject = {
  running: Running
  nextCall: () => Call
  check: (data: unknown) => boolean
}

const PEOPLE = 500

/** Who takes part in a block; the bare servers read in every one, and show how noisy it is. */
export const takesPart = (what: What, { server }: Running) =>
  server === BARE || server === TWIN || (what === 'sign-in' ? server.signsIn : server.reads)

/** Medians over interleaved rounds, so that a busy moment of the machine affects every server alike. */
export const measureBlock = async (
  { store, what, concurrency }: Pick<Block, 'store' | 'what' | 'concurrency'>,
  running: Running[],
  { readers, effort, progress }: { readers: Readers; effort: Effort; progress: Progress },
): Promise<Block> => {
  const subjects = running
    .filter((one) => takesPart(what, one))
    .map((one) => toSubject(what, one, readers.get(one.server.name) ?? [{}]))
  const title = `${store}, ${what}, ${concurrency} at once`
  // As long and at the same concurrency: a lone request must not measure code that was never compiled.
  for (const { running: target, nextCall, check } of subjects) {
    progress.say(`${title}: warming up ${target.server.name}`)
    await measure(target, { concurrency, ms: effort.warmUpMs, nextCall, check })
  }
  const measured = subjects.map((): Measured[] => [])
  for (let round = 0; round < effort.rounds; round += 1) {
    const order = [...subjects.entries()]
    // Whoever comes after a heavy neighbour does so in every other round only.
    if (round % 2 === 1) order.reverse()
    for (const [index, { running: target, nextCall, check }] of order) {
      progress.say(`${title}: round ${round + 1} of ${effort.rounds}, ${target.server.name}`)
      measured[index]?.push(await measure(target, { concurrency, ms: effort.ms, nextCall, check }))
    }
  }
  const rows = subjects.map(({ running: { server } }, index): Row => {
    const windows = measured[index] ?? []
    return {
      who: server.name,
      perSecond: summarize(windows.map(({ perSecond }) => perSecond)),
      cpuUs: summarize(windows.map(({ cpuUs }) => cpuUs)),
      databaseCpuUs: summarize(windows.map(({ databaseCpuUs }) => databaseCpuUs)),
    }
  })
  return { store, what, concurrency, rows, noise: noiseOf(rows) }
}

export type Readers = Map<string, Headers[]>

/** Readers are signed in once for each server; the session check alone takes the tokens of the API. */
export const openReaders = async (running: Running[]): Promise<Readers> => {
  const readers: Readers = new Map()
  for (const { server, url } of running) {
    if (!server.reads || server === GUARDED) continue
    readers.set(server.name, await signInReaders(url, server))
  }
  // Signing in again would end these sessions.
  readers.set(GUARDED.name, readers.get(OURS.name) ?? [])
  return readers
}

const toSubject = (what: What, running: Running, readers: Headers[]): Subject =>
  what === 'sign-in' && running.server.signsIn
    ? { running, nextCall: eachInTurn((index) => signInOf(index, PEOPLE)), check: isSignedIn }
    : { running, nextCall: readOf(readers), check: isProfile }

/** 0 when the twins are missing. */
export const noiseOf = (rows: Row[]): number => {
  const one = rows.find(({ who }) => who === BARE.name)
  const other = rows.find(({ who }) => who === TWIN.name)
  if (one === undefined || other === undefined) return 0
  return Math.max(
    difference(one.perSecond.median, other.perSecond.median),
    difference(one.cpuUs.median, other.cpuUs.median),
  )
}
