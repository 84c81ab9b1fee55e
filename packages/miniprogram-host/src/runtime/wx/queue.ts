type Job<Result> = () => Promise<Result>

/** Runs jobs in the order of their calls, at most `parallel` at a time. */
export const createQueue = (parallel: number) => {
  const waiting: (() => void)[] = []
  let running = 0
  return async <Result>(job: Job<Result>): Promise<Result> => {
    if (running >= parallel) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
    }
    running += 1
    try {
      return await job()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
