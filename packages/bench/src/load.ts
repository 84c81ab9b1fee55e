import { setImmediate } from 'node:timers/promises'
import { Pool } from 'undici'

export type Headers = Record<string, string>
export type Call = { method: 'GET' | 'POST'; path: string; headers?: Headers; body?: object }
export type Measured = { perSecond: number; cpuUs: number; databaseCpuUs: number }
export type Target = { url: string; cpuUs(): number; databaseCpuUs(): number }

type Answer = { data: unknown; cookies: string[] }

/**
 * `concurrency` callers, each waiting for its answer, for `ms`. Rejects on any answer that is not what
 * `check` lets pass.
 */
export const measure = async (
  { url, cpuUs, databaseCpuUs }: Target,
  {
    concurrency,
    ms,
    nextCall,
    check,
  }: {
    concurrency: number
    ms: number
    nextCall: () => Call
    check: (data: unknown) => boolean
  },
): Promise<Measured> => {
  const pool = new Pool(url, { connections: concurrency })
  const [cpu, databaseCpu, begin] = [cpuUs(), databaseCpuUs(), performance.now()]
  let count = 0
  const call = async () => {
    while (performance.now() - begin < ms) {
      const next = nextCall()
      const { data } = await exchange(pool, next)
      if (!check(data)) throw new Error(`${next.method} ${next.path}: ${JSON.stringify(data)}`)
      count += 1
      await setImmediate()
    }
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, call))
    const seconds = (performance.now() - begin) / 1000
    return {
      perSecond: count / seconds,
      cpuUs: (cpuUs() - cpu) / count,
      databaseCpuUs: (databaseCpuUs() - databaseCpu) / count,
    }
  } finally {
    await pool.destroy()
  }
}

/** One call; resolves to `data`. Rejects on any answer other than errno 0. */
export const send = async (pool: Pool, call: Call): Promise<unknown> =>
  (await exchange(pool, call)).data

/** The same, with the cookies that came with it. */
export const exchange = async (
  pool: Pool,
  { method, path, headers, body }: Call,
): Promise<Answer> => {
  const response = await pool.request({
    method,
    path,
    body: body === undefined ? null : JSON.stringify(body),
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  })
  const text = await response.body.text()
  const answer = parse(text)
  if (answer.errno !== 0) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`)
  return { data: answer.data, cookies: [response.headers['set-cookie'] ?? []].flat() }
}

const parse = (text: string): { errno?: number; data?: unknown } => {
  try {
    return JSON.parse(text) as { errno?: number; data?: unknown }
  } catch {
    return {}
  }
}
