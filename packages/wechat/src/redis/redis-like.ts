/** The commands that the stores need of a Redis client; an `ioredis` instance has them. */
export type RedisLike = {
  get(key: string): Promise<string | null>
  set(key: string, value: string, unit: 'PX', ttlMs: number): Promise<unknown>
  set(key: string, value: string, unit: 'PX', ttlMs: number, only: 'NX'): Promise<unknown>
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>
}

export type RedisStoreOptions = {
  /** Put before every key; `wechat:` by default. */
  prefix?: string
  /** How long a command may take before it counts as failed, ms; 300 by default. */
  commandTimeoutMs?: number
}

/** The result of `command`; rejects when it takes longer than `ms`. */
export const within = async <T>(ms: number, command: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis took longer than ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([command, limit])
  } finally {
    clearTimeout(timer)
  }
}
