import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createConnection, createServer } from 'node:net'

/** `open` passes everything on; `stalled` swallows both directions; `one-way` swallows the answers. */
type Mode = 'open' | 'stalled' | 'one-way'

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>

/**
 * A line to a server on this machine that can lose what it carries. What a connection loses stays
 * lost; a connection that stalled once stays stalled, as behind a firewall that forgot it. `statements`
 * are those that `becomeAt` may name as sent before: a connection sends the text of one that it prepares
 * a single time.
 */
export const startTcpProxy = async (port: number, statements: readonly string[] = []) => {
  let mode: Mode = 'open'
  let trigger: { text: string; then: Mode; after: string | null } | null = null
  let lost = 0
  let delayMs = 0
  const sockets = new Set<Socket>()

  const server = createServer((client) => {
    const upstream = createConnection(port, '127.0.0.1')
    let stale = mode !== 'open'
    const sent = new Set<string>()
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
      for (const statement of statements) if (chunk.includes(statement)) sent.add(statement)
      if (trigger !== null && chunk.includes(trigger.text)) {
        if (trigger.after === null || sent.has(trigger.after)) {
          mode = trigger.then
          trigger = null
        }
      }
      if (mode === 'stalled') stale = true
      if (!stale) upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (mode !== 'open') {
        stale = true
        lost += 1
      }
      if (stale) return
      if (delayMs === 0) client.write(chunk)
      // Timers of one length end in the order in which they began.
      else setTimeout(() => client.write(chunk), delayMs)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const { port: own } = server.address() as AddressInfo
  return {
    port: own,
    /** Cuts every connection, and refuses new ones until `accept`. */
    async refuse() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async accept() {
      if (server.listening) return
      server.listen(own, '127.0.0.1')
      await once(server, 'listening')
    },
    become(next: Mode) {
      mode = next
      trigger = null
    },
    /**
     * Changes the mode as soon as a client sends `text`, where `after` is given on a connection that has sent
     * that statement. `text` is passed on unless it stalls.
     */
    becomeAt(text: string, then: Mode, after: string | null = null) {
      if (after !== null && !statements.includes(after))
        throw new Error(`nobody looks for ${after}`)
      trigger = { text, then, after }
    },
    /** From now on every answer takes so much longer. */
    delay(ms: number) {
      delayMs = ms
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
