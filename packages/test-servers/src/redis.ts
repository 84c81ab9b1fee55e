import { once } from 'node:events'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { requireBinary } from './availability.ts'
import type { ServerProcess } from './server-process.ts'
import { startServer } from './server-process.ts'

export type Redis = ServerProcess & {
  /** `redis://127.0.0.1:port`. */
  readonly url: string
}

const PING_MS = 1000

/** Starts a new, empty Redis, which keeps nothing on disk. `args` are added to the command line. */
export const startRedis = async ({ args = [] }: { args?: string[] } = {}): Promise<Redis> => {
  const server = await startServer({
    name: 'redis',
    command: ({ folder, port }) => [
      requireBinary('redis-server'),
      ...serverArgs(folder, port),
      ...args,
    ],
    ping,
  })
  return Object.assign(server, { url: `redis://127.0.0.1:${server.port}` })
}

const serverArgs = (folder: string, port: number) => [
  '--port',
  String(port),
  '--bind',
  '127.0.0.1',
  '--dir',
  folder,
  '--logfile',
  join(folder, 'log'),
  '--save',
  '',
  '--appendonly',
  'no',
]

const ping = async (port: number) => {
  const socket = createConnection({ host: '127.0.0.1', port }).setTimeout(PING_MS, () =>
    socket.destroy(new Error('redis does not answer')),
  )
  try {
    socket.write('PING\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    if (!answer.toString().startsWith('+PONG')) throw new Error(answer.toString())
  } finally {
    socket.destroy()
  }
}
