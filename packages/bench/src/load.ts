import { setImmediate } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Child } from './child.ts'

export type Call = { method: 'GET' | 'POST'; path: string; token?: string; body?: object }
export type Measured = { perSecond: number; cpuUs: number }

/** `concurrency` callers, each waiting for its answer, for `ms`. Rejects on any answer other than errno 0. */
export const measure = async (
  child: Child,
  { concurrency, ms, nextCall }: { concurrency: number; ms: number; nextCall: () => Call },
): Promise<Measured> => {
  const pool = new Pool(child.url, { connections: concurrency })
  const [cpu, begin] = [child.cpuUs(), performance.now()]
  let count = 0
  const call = async () => {
    while (performance.now() - begin < ms) {
      await send(pool, nextCall())
      count += 1
      await setImmediate()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, call))
  const seconds = (performance.now() - begin) / 1000
  const cpuUs = (child.cpuUs() - cpu) / count
  await pool.destroy()
  return { perSecond: count / seconds, cpuUs }
}

/** One call; resolves to `data`. */
export const send = async (pool: Pool, { method, path, token, body }: Call): Promise<unknown> => {
  const response = await pool.request({
    method,
    path,
    body: body === undefined ? null : JSON.stringify(body),
    headers: {
      ...(token === undefined ? {} : { 'x-oa-token': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  })
  const answer = (await response.body.json()) as { errno?: number; data: unknown }
  if (answer.errno !== 0) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer.data
}
