import type { Redis } from 'ioredis'
import { createBatches } from '../batches.ts'
import type { Counter, RateCount } from './counter.ts'

const PREFIX = 'oa:rate:'
const INCREMENT = `
local counts = {}
for index, key in ipairs(KEYS) do
  local window, by = ARGV[2 * index - 1], tonumber(ARGV[2 * index])
  if by <= 0 and redis.call('EXISTS', key) == 0 then
    counts[index] = {0, tonumber(window)}
  else
    local current = redis.call('INCRBY', key, by)
    if current < 0 then current = redis.call('INCRBY', key, -current) end
    if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, window) end
    counts[index] = {current, redis.call('PTTL', key)}
  end
end
return counts
`
const MAX_SIZE = 64
const WIDTH = 4

type Event = { key: string; windowMs: number; by: number }

/**
 * Counts that all nodes share; while Redis is away or slow, those of `fallback`. Events that meet
 * share one command.
 */
export const createRedisCounter = (
  redis: Redis,
  { isUp, fallback }: { isUp(): boolean; fallback: Counter },
): Counter => {
  const count = createBatches<Event, RateCount>({
    process: (events) => countAll(redis, events),
    // Counted or not, the fallback counts them.
    leftNothing: () => false,
    belongs: () => true,
    maxSize: MAX_SIZE,
    width: WIDTH,
  })
  return {
    async increment(key, windowMs, by = 1) {
      if (!isUp()) return fallback.increment(key, windowMs, by)
      try {
        return await count({ key, windowMs, by })
      } catch {
        return fallback.increment(key, windowMs, by)
      }
    },
  }
}

const countAll = async (redis: Redis, events: Event[]): Promise<RateCount[]> => {
  const keys = events.map(({ key }) => PREFIX + key)
  const args = events.flatMap(({ windowMs, by }) => [windowMs, by])
  const reply = await redis.eval(INCREMENT, keys.length, ...keys, ...args)
  if (!Array.isArray(reply) || reply.length !== events.length) throw unexpected()
  return reply.map(toCount)
}

const toCount = (reply: unknown): RateCount => {
  if (!Array.isArray(reply)) throw unexpected()
  const [current, ttl]: unknown[] = reply
  return { current: Number(current), ttl: Math.max(0, Number(ttl)) }
}

const unexpected = () => new Error('unexpected reply of Redis')
