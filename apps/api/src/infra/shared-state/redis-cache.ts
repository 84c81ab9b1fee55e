import type { Redis } from 'ioredis'
import type { SharedCache } from './cache.ts'

const PREFIX = 'oa:session:'
/** Bounds how long a node that lost contact can be wrong. */
const FRESH_MS = 60_000
/** Stands where an entry was: readers ask the database, and `NX` keeps slow writers out. */
const FORGOTTEN = ''
const FORGET = `
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
`

export const createRedisCache = (redis: Redis): SharedCache => ({
  async get(id) {
    const [text, freshForMs] = await readEntry(redis, PREFIX + id)
    if (typeof text !== 'string' || text === FORGOTTEN) return null
    if (typeof freshForMs !== 'number' || freshForMs <= 0) return null
    return { text, freshForMs }
  },
  async put(id, text) {
    await redis.set(PREFIX + id, text, 'PX', FRESH_MS, 'NX')
  },
  async forget(ids) {
    const keys = ids.map((id) => PREFIX + id)
    await redis.eval(FORGET, keys.length, ...keys, FORGOTTEN, FRESH_MS)
  },
})

const readEntry = async (redis: Redis, key: string): Promise<unknown[]> => {
  const replies = await redis.pipeline().get(key).pttl(key).exec()
  return (replies ?? []).map(([error, reply]) => {
    if (error !== null) throw error
    return reply
  })
}
