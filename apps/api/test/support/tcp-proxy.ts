import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createConnection, createServer } from 'node:net'

/** `open` passes everything on; `stalled` swallows both directions; `one-way` swallows the answers. */
type Mode = 'open' | 'stalled' | 'one-way'

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>

/**
 * A line to a server on this machine that can lose what it carries. What a connection loses stays
 * lost; a connection that stalled once stays stalled, as behind a firewall that forgot it.
 */
export const startTcpProxy = async (port: number) => {
  let mode: Mode = 'open'
  let trigger: { text: string; then: Mode } | null = null
  let lost = 0
  const sockets = new Set<Socket>()

  const server = createServer((client) => {
    const upstream = createConnection(port, '127.0.0.1')
    let stale = mode !== 'open'
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (chunk: Buffer) => {
      if (trigger !== null && chunk.includes(trigger.text)) {
        mode = trigger.then
        trigger = null
      }
      if (mode === 'stalled') stale = true
      if (!stale) upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (mode !== 'open') {
        stale = true
        lost += 1
      }
      if (!stale) client.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    become(next: Mode) {
      mode = next
      trigger = null
    },
    /** Changes the mode as soon as a client sends `text`, which is passed on unless it stalls. */
    becomeAt(text: string, then: Mode) {
      trigger = { text, then }
    },
    /** How many answers were lost so far. */
    lost: () => lost,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
