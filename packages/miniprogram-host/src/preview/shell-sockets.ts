import type { WebSocket } from 'ws'
import type { FromShell, ToShell } from './messages.ts'

/** The browser windows that show the preview. */
export interface ShellSockets {
  add(socket: WebSocket, onMessage: (message: FromShell) => Promise<void>): void
  /** Sends to one window; to all by default. */
  send(message: ToShell, socket?: WebSocket): void
}

export const createShellSockets = (): ShellSockets => {
  const sockets = new Set<WebSocket>()
  return {
    add(socket, onMessage) {
      sockets.add(socket)
      socket.on('message', (raw) => {
        void onMessage(JSON.parse(String(raw)) as FromShell)
      })
      socket.on('close', () => sockets.delete(socket))
    },
    send(message, only) {
      for (const socket of only ? [only] : sockets) socket.send(JSON.stringify(message))
    },
  }
}
