import { setTimeout as sleep } from 'node:timers/promises'
import { startTcpProxy } from '@oa/test-servers/tcp-proxy'
import { Pool } from 'undici'
import type { Call } from '../load.ts'
import { OURS } from '../servers.ts'
import type { Timed } from '../timed.ts'
import { dataOf, timed } from '../timed.ts'
import { openWorld } from '../world.ts'

const CONNECTIONS = 256
const POLL_MS = 50
const GIVE_UP_MS = 30_000

export type Node = ReturnType<typeof createNode>
export type TwoNodes = Awaited<ReturnType<typeof openTwoNodes>>

/**
 * Two API processes on one MariaDB and one Redis, which the first reaches by a line that can be cut off.
 * Their opener closes them.
 */
export const openTwoNodes = async () => {
  const world = await openWorld('MariaDB + Redis')
  const closers: (() => Promise<unknown>)[] = [() => world.close()]
  const close = async () => {
    for (const closer of closers.reverse()) await closer()
  }
  try {
    const { redis } = world
    if (redis === null) throw new Error('two nodes need a Redis')
    const line = await startTcpProxy(redis.port)
    closers.push(() => line.close())
    const start = async (env: NodeJS.ProcessEnv) => {
      const node = createNode((await world.start({ ...OURS, env })).url)
      closers.push(() => node.close())
      return node
    }
    const first = await start({ REDIS_URL: `redis://127.0.0.1:${line.port}` })
    const second = await start({})
    return { nodes: [first, second] as const, redis, line, close }
  } catch (error) {
    await close()
    throw error
  }
}

const createNode = (url: string) => {
  const pool = new Pool(url, { connections: CONNECTIONS })
  const call = (call: Call) => timed(pool, call)
  const withToken = (method: Call['method'], path: string, token: string) =>
    call({ method, path, headers: { 'x-oa-token': token } })
  const signIn = (code: string): Promise<Timed> =>
    call({ method: 'POST', path: '/wx/auth/login_by_weixin', body: { code } })

  return {
    signIn,
    /** The token of a new session. */
    async tokenFor(code: string): Promise<string> {
      return dataOf<{ token: string }>(await signIn(code), code).token
    },
    read: (token: string): Promise<Timed> => withToken('GET', '/wx/auth/info', token),
    logOut: (token: string): Promise<Timed> => withToken('POST', '/wx/auth/logout', token),
    /** Resolves once Redis is there for this node. */
    async untilRedisIsUp() {
      const begin = performance.now()
      while (!(await seesRedis(pool))) {
        if (performance.now() - begin > GIVE_UP_MS) throw new Error(`${url} does not find Redis`)
        await sleep(POLL_MS)
      }
    },
    close: () => pool.destroy(),
  }
}

const seesRedis = async (pool: Pool) => {
  const { body } = await pool.request({ method: 'GET', path: '/readyz' })
  return (await body.text()).includes('"redis":"up"')
}
