import type { Redis } from 'ioredis'
import type { Counter, RateCount } from './counter.ts'

const PREFIX = 'oa:rate:'
const INCREMENT = `
if tonumber(ARGV[2]) < 0 and redis.call('EXISTS', KEYS[1]) == 0 then
  return {0, tonumber(ARGV[1])}
end
local current = redis.call('INCRBY', KEYS[1], ARGV[2])
if current < 0 then current = redis.call('INCRBY', KEYS[1], -current) end
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {current, redis.call('PTTL', KEYS[1])}
`

/** Counts that all nodes share; while Redis is away or slow, those of `fallback`. */
export const createRedisCounter = (
  redis: Redis,
  { isUp, fallback }: { isUp(): boolean; fallback: Counter },
): Counter => ({
  async increment(key, windowMs, by = 1) {
    if (!isUp()) return fallback.increment(key, windowMs, by)
    try {
      return toCount(await redis.eval(INCREMENT, 1, PREFIX + key, windowMs, by))
    } catch {
      return fallback.increment(key, windowMs, by)
    }
  },
})

const toCount = (reply: unknown): RateCount => {
  if (!Array.isArray(reply)) throw new Error('unexpected reply of Redis')
  const [current, ttl]: unknown[] = reply
  return { current: Number(current), ttl: Math.max(0, Number(ttl)) }
}
