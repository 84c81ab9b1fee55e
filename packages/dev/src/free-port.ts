import { createServer } from 'node:net'

const MAX_PORT = 65_535

/**
 * The first free port from `wanted` upwards on 127.0.0.1; says so when it had to move.
 * Rejects when `wanted` is no port.
 */
export const freePortFrom = async (wanted: number, say: (line: string) => void) => {
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_PORT) {
    throw new Error('PORT must be a whole number from 1 to 65535')
  }
  for (let port = wanted; port <= MAX_PORT; port += 1) {
    if (await isFree(port)) {
      if (port !== wanted) say(`Port ${wanted} is busy: taking ${port}.`)
      return port
    }
  }
  throw new Error(`no free port from ${wanted} upwards`)
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
