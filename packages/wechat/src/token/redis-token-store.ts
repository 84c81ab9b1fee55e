import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { StoredToken, TokenStore } from './token-store.ts'

/** What is needed of a Redis client; an `ioredis` instance has it. */
export type RedisLike = {
  get(key: string): Promise<string | null>
  set(key: string, value: string, unit: 'PX', ttlMs: number): Promise<unknown>
  set(key: string, value: string, unit: 'PX', ttlMs: number, only: 'NX'): Promise<unknown>
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>
}

/**
 * Shares tokens through Redis. A command that takes longer than `commandTimeoutMs` counts as failed.
 * The token is stored as it is: whoever reads this Redis can call WeChat until the token ends.
 */
export const createRedisTokenStore = (
  redis: RedisLike,
  { prefix = 'wechat:', commandTimeoutMs = 300 } = {},
): TokenStore => {
  const within = <T>(command: Promise<T>): Promise<T> => limitTime(command, commandTimeoutMs)

  return {
    read: async (key) => parseToken(await within(redis.get(prefix + key))),
    write: async (key, token) => {
      const ttlMs = Math.max(1, Math.floor(token.expiresAt - Date.now()))
      await within(redis.set(prefix + key, JSON.stringify(token), 'PX', ttlMs))
    },
    lock: async (key, ttlMs) => {
      const name = `${prefix}${key}:lock`
      const owner = randomUUID()
      if ((await within(redis.set(name, owner, 'PX', Math.ceil(ttlMs), 'NX'))) === null) return null

      return {
        release: async () => {
          await within(redis.eval(DELETE_IF_OWNER, 1, name, owner))
        },
      }
    },
  }
}

// A lock that has expired may be another's by now.
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

const limitTime = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis took longer than ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
