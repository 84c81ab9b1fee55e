import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'undici'
import type { Call } from './load.ts'
import { quantile as quantileOf } from './statistics.ts'

export type Timed = { ms: number; status: number; errno: number; data: unknown }

/** One call with how long its answer took; never rejects on a refusal. */
export const timed = async (pool: Pool, { method, path, headers, body }: Call): Promise<Timed> => {
  const begin = performance.now()
  const answer = await pool.request({
    method,
    path,
    body: body === undefined ? null : JSON.stringify(body),
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
  })
  const { errno, data } = (await answer.body.json()) as { errno: number; data: unknown }
  return { ms: performance.now() - begin, status: answer.statusCode, errno, data }
}

/** What an answer brought; throws when it was refused. */
export const dataOf = <Data>(answer: Timed, what: string): Data => {
  if (answer.errno !== 0) throw new Error(`${what}: ${JSON.stringify(answer)}`)
  return answer.data as Data
}

/** Starts the calls evenly over `ms`, however long the answers take; resolves to all of them. */
export const spread = async (
  calls: readonly (() => Promise<Timed>)[],
  ms: number,
): Promise<Timed[]> => {
  const begin = performance.now()
  const running: Promise<Timed>[] = []
  for (const [index, call] of calls.entries()) {
    const wait = begin + (index * ms) / calls.length - performance.now()
    if (wait > 0) await sleep(wait)
    running.push(call())
  }
  return Promise.all(running)
}

export const quantile = (answers: readonly Timed[], share: number): number =>
  quantileOf(
    answers.map(({ ms }) => ms),
    share,
  )

/** The errnos of the answers that were refused, with how many of each. */
export const refusals = (answers: readonly Timed[]): string => {
  const counts = new Map<string, number>()
  for (const { errno, status } of answers) {
    if (errno !== 0) counts.set(`${status}/${errno}`, (counts.get(`${status}/${errno}`) ?? 0) + 1)
  }
  return [...counts].map(([what, count]) => `${count} × ${what}`).join(', ') || 'none'
}

/** How long they took and how many were refused, in a clause. */
export const describeTimes = (answers: readonly Timed[]): string =>
  `median ${quantile(answers, 0.5).toFixed(1)} ms, p99 ${quantile(answers, 0.99).toFixed(1)} ms; refused: ${refusals(answers)}`
