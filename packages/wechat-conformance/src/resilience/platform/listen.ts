import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'

export interface Listening {
  scheme: 'http' | 'https'
  port: number
  sentBytes: () => number
  allClosed: () => Promise<void>
  close: () => Promise<void>
}

/** Makes a server listen on a free loopback port; closing it ends every connection. */
export const listen = async (scheme: 'http' | 'https', server: Server): Promise<Listening> => {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  let sentBefore = 0
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket
      .on('error', () => {})
      .on('close', () => {
        sentBefore += socket.bytesWritten
        sockets.delete(socket)
        if (sockets.size === 0) for (const tell of waiting.splice(0)) tell()
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    scheme,
    port,
    sentBytes: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, sentBefore),
    allClosed: () =>
      sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
