import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RawData, WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { createBacklog } from '../backlog.ts'

type Params = Record<string, unknown>

export interface AutomationServer {
  port: number
  /**
   * Sends an event to every client; App.logAdded only to those that enabled it. Events without a
   * receiver are buffered for the first client that enables the log.
   */
  broadcast(event: string, params: unknown): void
  close(): Promise<void>
}

/** Serves the automation protocol on a loopback port; 0 selects a free one. */
export const startAutomationServer = async (
  port: number,
  dispatch: (method: string, params: Params) => Promise<unknown>,
  onToolClose: () => void,
): Promise<AutomationServer> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port, verifyClient: isLocalProgram })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const logClients = new Set<WebSocket>()
  const undelivered = createBacklog<string>()
  const answer = async (socket: WebSocket, raw: RawData): Promise<void> => {
    const { id, method, params } = JSON.parse(String(raw)) as {
      id: string
      method: string
      params?: Params
    }
    const reply = await dispatch(method, params ?? {}).then(
      (result) => ({ id, result }),
      (error: unknown) => ({ id, error: { message: messageOf(error) } }),
    )
    socket.send(JSON.stringify(reply), () => {
      if (method === 'Tool.close') onToolClose()
    })
    // After the reply: a client that disconnects on the last event would lose it.
    if (method === 'App.enableLog') {
      logClients.add(socket)
      for (const message of undelivered.take()) socket.send(message)
    }
  }
  server.on('connection', (socket) => {
    socket.on('message', (raw) => void answer(socket, raw).catch(() => socket.close(1002)))
    socket.on('close', () => logClients.delete(socket))
  })
  return {
    port: (server.address() as AddressInfo).port,
    broadcast(event, params) {
      const message = JSON.stringify({ method: event, params })
      const receivers = event === 'App.logAdded' ? logClients : server.clients
      if (receivers.size === 0) undelivered.keep(message)
      for (const client of receivers) client.send(message)
    },
    async close() {
      for (const client of server.clients) client.terminate()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** Browsers send an Origin; web pages must not be able to drive the host. */
const isLocalProgram = ({ req }: { req: IncomingMessage }): boolean =>
  req.headers.origin === undefined

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
