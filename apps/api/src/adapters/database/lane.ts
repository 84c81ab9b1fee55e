export type Lane = <T>(operation: () => Promise<T>) => Promise<T>

/** Lets `width` operations run at a time; the others wait their turn, first come first served. */
export const createLane = (width: number): Lane => {
  const waiting: (() => void)[] = []
  let running = 0

  const enter = () => {
    if (running < width) {
      running += 1
      return Promise.resolve()
    }
    return new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return async (operation) => {
    await enter()
    try {
      return await operation()
    } finally {
      leave()
    }
  }
}
