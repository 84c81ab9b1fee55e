const STILL_AT_IT_MS = 3_000

/** Says what is being waited for, and every few seconds that it goes on. */
export type Progress = <T>(what: string, work: Promise<T>) => Promise<T>

export const createProgress =
  (print: (line: string) => void): Progress =>
  async (what, work) => {
    print(`${what}…`)
    const begin = performance.now()
    const timer = setInterval(() => {
      print(`${what}… ${Math.round((performance.now() - begin) / 1_000)} s`)
    }, STILL_AT_IT_MS)
    try {
      return await work
    } finally {
      clearInterval(timer)
    }
  }
