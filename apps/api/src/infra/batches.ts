import { setImmediate } from 'node:timers/promises'

type Options<Item, Result> = {
  /** Resolves to one result for each item, in their order; all or nothing. */
  process(items: Item[]): Promise<Result[]>
  /** Whether a batch that failed so left nothing behind, so that each item may be tried alone. */
  leftNothing(error: unknown): boolean
  /** Whether an item may share a batch that begins with `first`. */
  belongs(first: Item, item: Item): boolean
  maxSize: number
  /** How many batches may be under way at a time. */
  width: number
  /** For how long a batch gathers during a rush; 0 by default. */
  gatherMs?: number
}

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/** A batch of this size is a rush; after it has ended, the rush goes on for as long as `RUSH_MS`. */
const RUSH_SIZE = 4
const RUSH_MS = 50

/**
 * Gathers what arrives while earlier batches are under way, so that much of it shares one batch when
 * there is a rush, and nothing waits when there is none. No item fails by another one's fault.
 */
export const createBatches = <Item, Result>(
  options: Options<Item, Result>,
): ((item: Item) => Promise<Result>) => {
  const { maxSize, width, gatherMs = 0 } = options
  const waiting: Waiting<Item, Result>[] = []
  let underWay = 0
  let isGathering = false
  let rushUntil = Number.NEGATIVE_INFINITY

  const gather = async () => {
    isGathering = true
    const isRush = gatherMs > 0 && waiting.length < maxSize && performance.now() < rushUntil
    // Without a rush, what else arrives in this turn of the event loop comes along.
    await (isRush ? sleep(gatherMs) : setImmediate())
    isGathering = false
    return takeBatch(waiting, options)
  }
  const work = async () => {
    while (waiting.length > 0 && !isGathering) {
      const batch = await gather()
      start()
      await settle(batch, options)
      if (batch.length >= RUSH_SIZE) rushUntil = performance.now() + RUSH_MS
    }
    underWay -= 1
  }
  const start = () => {
    if (waiting.length === 0 || isGathering || underWay === width) return
    underWay += 1
    void work()
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      start()
    })
}

/** Not of node:timers/promises, whose clock tests cannot set. */
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const takeBatch = <Item, Result>(
  waiting: Waiting<Item, Result>[],
  { maxSize, belongs }: Options<Item, Result>,
) => {
  const end = waiting.findIndex(
    ({ item }, index) => index === maxSize || !waiting[0] || !belongs(waiting[0].item, item),
  )
  return waiting.splice(0, end === -1 ? waiting.length : end)
}

const settle = async <Item, Result>(
  batch: Waiting<Item, Result>[],
  options: Options<Item, Result>,
) => {
  try {
    const results = await options.process(batch.map(({ item }) => item))
    for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
  } catch (error) {
    const alone = batch.length > 1 && options.leftNothing(error)
    // Not awaited: one that hangs alone must not hold up those who wait.
    for (const one of batch) alone ? void settle([one], options) : one.reject(error)
  }
}
