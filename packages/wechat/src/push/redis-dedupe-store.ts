import type { RedisLike, RedisStoreOptions } from '../redis/redis-like.ts'
import { within } from '../redis/redis-like.ts'
import type { DedupeStore } from './dedupe-store.ts'

/** A dedupe store for all nodes on one Redis. Rejects when Redis fails; WeChat then delivers again. */
export const createRedisDedupeStore = (
  redis: RedisLike,
  { prefix = 'wechat:', commandTimeoutMs = 300 }: RedisStoreOptions = {},
): DedupeStore => ({
  claim: async (key, value, ttlMs) => {
    const command = redis.eval(CLAIM, 1, `${prefix}push:${key}`, value, String(Math.ceil(ttlMs)))
    return String(await within(commandTimeoutMs, command))
  },
  put: async (key, value, ttlMs) => {
    const command = redis.set(`${prefix}push:${key}`, value, 'PX', Math.ceil(ttlMs))
    await within(commandTimeoutMs, command)
  },
  remove: async (key) => {
    const command = redis.eval("return redis.call('del', KEYS[1])", 1, `${prefix}push:${key}`)
    await within(commandTimeoutMs, command)
  },
})

const CLAIM = `
local present = redis.call('get', KEYS[1])
if present then return present end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`
