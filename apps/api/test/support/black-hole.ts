import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createConnection } from 'node:net'

/** Listens and never accepts a connection: its event loop is blocked. */
const LISTENER = `
const server = require('node:net').createServer()
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(server.address().port))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`
/** The queue holds one connection more than the backlog; the system drops what comes after that. */
const QUEUE_LENGTH = 2
const SYN_SENT = '02'

/**
 * A local address that answers nothing at all, not even the SYN of a connection: the queue of its
 * listener is full, so Linux drops every further SYN.
 */
export const openBlackHole = async () => {
  const listener = spawn(process.execPath, ['-e', LISTENER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [bytes] = (await once(listener.stdout, 'data')) as [Buffer]
  const port = Number(bytes)
  const fillers: Socket[] = []
  for (let filler = 0; filler < QUEUE_LENGTH; filler += 1) {
    const socket = createConnection(port, '127.0.0.1').on('error', () => {})
    fillers.push(socket)
    await once(socket, 'connect')
  }

  return {
    url: `http://127.0.0.1:${port}`,
    /** The number of connections whose SYN is unanswered. */
    waiting: () => countWaiting(port),
    async close() {
      for (const socket of fillers) socket.destroy()
      listener.kill('SIGKILL')
      await once(listener, 'exit')
    },
  }
}

const countWaiting = (port: number) => {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
  return rows.filter(([, , to, state]) => to?.endsWith(remote) && state === SYN_SENT).length
}
