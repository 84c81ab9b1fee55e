import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { RedisLike, RedisStoreOptions } from '../redis/redis-like.ts'
import { within } from '../redis/redis-like.ts'
import type { StoredToken, TokenStore } from './token-store.ts'

/**
 * Shares tokens through Redis. A command that takes longer than `commandTimeoutMs` counts as failed.
 * The token is stored in clear: a reader of this Redis can call WeChat until the token expires.
 */
export const createRedisTokenStore = (
  redis: RedisLike,
  { prefix = 'wechat:', commandTimeoutMs = 300 }: RedisStoreOptions = {},
): TokenStore => {
  const timed = <T>(command: Promise<T>): Promise<T> => within(commandTimeoutMs, command)

  return {
    read: async (key) => parseToken(await timed(redis.get(prefix + key))),
    write: async (key, token) => {
      const ttlMs = Math.max(1, Math.floor(token.expiresAt - Date.now()))
      await timed(redis.set(prefix + key, JSON.stringify(token), 'PX', ttlMs))
    },
    lock: async (key, ttlMs) => {
      const name = `${prefix}${key}:lock`
      const owner = randomUUID()
      if ((await timed(redis.set(name, owner, 'PX', Math.ceil(ttlMs), 'NX'))) === null) return null

      return {
        release: async () => {
          await timed(redis.eval(DELETE_IF_OWNER, 1, name, owner))
        },
      }
    },
  }
}

// After its lock has expired, another caller may hold it.
const DELETE_IF_OWNER =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

const tokenValidator = Compile(
  Type.Object({
    accessToken: Type.String({ minLength: 1 }),
    expiresAt: Type.Number(),
    renewAt: Type.Number(),
  }),
)

const parseToken = (text: string | null): StoredToken | null => {
  if (text === null) return null
  const value: unknown = JSON.parse(text)

  return tokenValidator.Check(value) ? value : null
}
