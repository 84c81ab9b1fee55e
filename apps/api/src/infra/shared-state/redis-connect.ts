import { Redis } from 'ioredis'

const CONNECT_TIMEOUT_MS = 1_000
const COMMAND_TIMEOUT_MS = 300
const MAX_RECONNECT_DELAY_MS = 500
const DISCONNECT_TIMEOUT_MS = 100

/** Hears once that Redis went away, and once that it is back. */
export type OnChange = (up: boolean, error?: Error) => void

/**
 * A connection that fails fast: a command is answered or rejected within 0.3 s, none waits for a
 * server that is away, and reconnecting never gives up.
 */
export const connectRedis = (url: string, onChange: OnChange): Redis => {
  const redis = new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // A connection that is given up must not wait for an answer to its FIN.
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(50 * attempt, MAX_RECONNECT_DELAY_MS),
  })
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) onChange(false, error)
    away = true
  })
  redis.on('ready', () => {
    if (away) onChange(true)
    away = false
  })
  return redis
}

/** Resolves when the connection is usable, or after `timeoutMs` when it is not. */
export const waitUntilReady = (redis: Redis, timeoutMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    if (redis.status === 'ready') return resolve(true)
    const timer = setTimeout(() => finish(false), timeoutMs)
    const onReady = () => finish(true)
    const finish = (ready: boolean) => {
      clearTimeout(timer)
      redis.off('ready', onReady)
      resolve(ready)
    }
    redis.once('ready', onReady)
  })
