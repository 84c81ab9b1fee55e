import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createConnection } from 'node:net'

/** Listens, and never takes a connection: its event loop stands still. */
const LISTENER = `
const server = require('node:net').createServer()
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(server.address().port))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`
/** One more than the backlog fit into its queue; what comes after that is dropped. */
const FIT = 2
const SYN_SENT = '02'

/**
 * An address of this machine that answers nothing at all, not even the first packet of a connection:
 * the queue of its listener is full, so the system (Linux) drops what comes.
 */
export const openBlackHole = async () => {
  const listener = spawn(process.execPath, ['-e', LISTENER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [bytes] = (await once(listener.stdout, 'data')) as [Buffer]
  const port = Number(bytes)
  const fillers: Socket[] = []
  for (let filler = 0; filler < FIT; filler += 1) {
    const socket = createConnection(port, '127.0.0.1').on('error', () => {})
    fillers.push(socket)
    await once(socket, 'connect')
  }

  return {
    url: `http://127.0.0.1:${port}`,
    /** How many connections wait for an answer to their first packet. */
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
