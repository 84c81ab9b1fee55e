import { createServer } from 'node:net'

const MAX_PORT = 65_535

/**
 * Finds the first free port of 127.0.0.1 from `wanted` upwards, and prints when it differs.
 * Rejects with the name of the `variable` when `wanted` is not a port number.
 */
export const freePortFrom = async (
  variable: string,
  wanted: string | number,
  print: (line: string) => void,
) => {
  const first = Number(wanted)
  if (!Number.isInteger(first) || first < 1 || first > MAX_PORT) {
    throw new Error(`${variable} must be a whole number from 1 to ${MAX_PORT}`)
  }
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
