import { Pool } from 'undici'
import type { Child } from './child.ts'
import type { Call, Measured } from './load.ts'
import { measure, send } from './load.ts'
import type { World } from './world.ts'

/** Few enough that a small load reads each again within the second that a lease lasts without Redis. */
const READERS = 20
const PEOPLE = 500
const CONCURRENCIES = [1, 16, 64]
const WARM_UP_CONCURRENCY = 16

export type Row = { what: string; who: string; concurrency: number } & Measured

/** Medians over interleaved rounds, so that a busy moment of the machine affects every server alike. */
export const compare = async (
  { bare, usual, ours }: World,
  effort: { rounds: number; ms: number; warmUpMs: number },
): Promise<Row[]> => {
  const reading = [
    { what: 'GET info', who: 'bare Fastify', child: bare, nextCall: infoOf([undefined]) },
    { what: 'GET info', who: 'oa-mini', child: ours, nextCall: infoOf(await signInAll(ours)) },
    { what: 'GET info', who: 'usual', child: usual, nextCall: infoOf(await signInAll(usual)) },
  ]
  const signingIn = [
    {
      what: 'sign-in',
      who: 'oa-mini',
      child: ours,
      nextCall: eachInTurn((index) => signInOf(index)),
    },
    {
      what: 'sign-in',
      who: 'usual',
      child: usual,
      nextCall: eachInTurn((index) => signInOf(index)),
    },
  ]
  const subjects = [...reading, ...signingIn]
  // Long enough that the compiler is done with the code: a lone request must not measure it cold.
  for (const subject of subjects) {
    const { child, nextCall } = subject
    await measure(child, { concurrency: WARM_UP_CONCURRENCY, ms: effort.warmUpMs, nextCall })
  }

  const rows: Row[] = []
  for (const concurrency of CONCURRENCIES) {
    const rounds = subjects.map((): Measured[] => [])
    for (let round = 0; round < effort.rounds; round += 1) {
      for (const [index, { child, nextCall }] of subjects.entries()) {
        rounds[index]?.push(await measure(child, { concurrency, ms: effort.ms, nextCall }))
      }
    }
    for (const [index, { what, who }] of subjects.entries()) {
      const measured = rounds[index] ?? []
      rows.push({
        what,
        who,
        concurrency,
        perSecond: median(measured.map(({ perSecond }) => perSecond)),
        cpuUs: median(measured.map(({ cpuUs }) => cpuUs)),
      })
    }
  }
  return rows
}

const signInOf = (index: number, device = 'phone'): Call => ({
  method: 'POST',
  path: '/wx/auth/login_by_weixin',
  // The simulator takes the person from it; the API refuses a code that was used just before.
  body: {
    code: `e2e-person${index % PEOPLE}~${index}`,
    deviceId: `bench-${device}-${index % PEOPLE}`,
  },
})

const signInAll = async ({ url }: Child) => {
  const pool = new Pool(url, { connections: 8 })
  const people = Array.from({ length: READERS }, (_, index) =>
    // On a device of its own, so that signing in again ends none of these.
    send(pool, signInOf(index, 'reader')),
  )
  const tokens = (await Promise.all(people)).map((data) => (data as { token: string }).token)
  await pool.destroy()
  return tokens
}

const infoOf = (tokens: (string | undefined)[]) =>
  eachInTurn((index): Call => {
    const token = tokens[index % tokens.length]
    return { method: 'GET', path: '/wx/auth/info', ...(token === undefined ? {} : { token }) }
  })

const eachInTurn = (callOf: (index: number) => Call) => {
  let index = 0
  return () => callOf(index++)
}

const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
