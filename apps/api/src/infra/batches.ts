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
}

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Gathers what arrives while earlier batches are under way, so that much of it shares one batch when
 * there is a rush, and nobody waits when there is none. No item fails by another one's fault.
 */
export const createBatches = <Item, Result>(
  options: Options<Item, Result>,
): ((item: Item) => Promise<Result>) => {
  const waiting: Waiting<Item, Result>[] = []
  let underWay = 0

  const take = () => {
    const end = waiting.findIndex(
      ({ item }, index) =>
        index === options.maxSize || !waiting[0] || !options.belongs(waiting[0].item, item),
    )
    return waiting.splice(0, end === -1 ? waiting.length : end)
  }
  const work = async () => {
    // Whatever else arrives in this turn of the event loop comes along.
    await setImmediate()
    while (waiting.length > 0) await settle(take(), options)
    underWay -= 1
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (underWay === options.width) return
      underWay += 1
      void work()
    })
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
