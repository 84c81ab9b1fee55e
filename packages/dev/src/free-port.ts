import { createServer } from 'node:net'

const MAX_PORT = 65_535

/** What is wrong with the value of `variable`; null when nothing is, or it is absent. */
export const wrongPort = (variable: string, value: string | undefined): string | null => {
  if (!value) return null
  const port = Number(value)
  return Number.isInteger(port) && port >= 1 && port <= MAX_PORT
    ? null
    : `${variable} must be a whole number from 1 to ${MAX_PORT}`
}

/** Finds the first free port of 127.0.0.1 from `wanted` upwards, and prints when it differs. */
export const freePortFrom = async (
  variable: string,
  wanted: string | number,
  print: (line: string) => void,
) => {
  const first = Number(wanted)
  for (let port = first; port <= MAX_PORT; port += 1) {
    if (await isFree(port)) {
      if (port !== first) print(`Port ${first} (${variable}) is busy: taking ${port}.`)
      return port
    }
  }
  throw new Error(`${variable}: no port from ${first} upwards is free`)
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
