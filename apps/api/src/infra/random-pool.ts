import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 4_096

export type RandomPool = {
  /** That many bytes, at most 256. */
  bytes(count: number): Buffer
  /** A whole number below 2^32. */
  nextUint32(): number
}

/**
 * Random bytes of the operating system, drawn in blocks: a call for 12 of them costs more than to
 * encrypt with them. What was handed out is overwritten, so the pool never holds a secret in use and
 * hands nothing out twice.
 */
export const createRandomPool = (fill: (pool: Buffer) => unknown = randomFillSync): RandomPool => {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES

  const take = (count: number) => {
    if (used + count > POOL_BYTES) {
      fill(pool)
      used = 0
    }
    used += count
    return used - count
  }

  return {
    bytes(count) {
      if (count > MAX_BYTES) throw new RangeError(`at most ${MAX_BYTES} bytes at a time`)
      const start = take(count)
      const taken = Buffer.from(pool.subarray(start, start + count))
      pool.fill(0, start, start + count)
      return taken
    },
    nextUint32() {
      const start = take(UINT32_BYTES)
      const value = pool.readUInt32LE(start)
      pool.fill(0, start, start + UINT32_BYTES)
      return value
    },
  }
}

const MAX_BYTES = 256
const UINT32_BYTES = 4

/** The pool of this process. */
export const randomPool = createRandomPool()
