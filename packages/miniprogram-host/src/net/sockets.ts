import WebSocket from 'ws'
import type { HostPushes, SocketData, SocketParams } from '../host-services.ts'

type Push = <Name extends keyof HostPushes>(name: Name, params: HostPushes[Name]) => void

/** The mini-program's WebSockets, by the id that the runtime gives them. */
export interface Sockets {
  open(params: SocketParams): void
  /** Resolves with the reason why it was not sent, or null. */
  send(id: number, data: SocketData): Promise<string | null>
  close(id: number, code: number, reason: string): void
  closeAll(): void
}

export const createSockets = (push: Push): Sockets => {
  const sockets = new Map<number, WebSocket>()
  return {
    open({ id, url, header, protocols, timeout }) {
      const socket = new WebSocket(url, protocols, { headers: header, handshakeTimeout: timeout })
      sockets.set(id, socket)
      socket.on('open', () => push('net.socketOpened', { id }))
      socket.on('message', (raw, isBinary) => {
        const bytes = Buffer.from(raw as Buffer)
        const data = isBinary ? { base64: bytes.toString('base64') } : { text: bytes.toString() }
        push('net.socketMessage', { id, data })
      })
      socket.on('error', ({ message }) => push('net.socketFailed', { id, message }))
      socket.on('close', (code, reason) => {
        sockets.delete(id)
        push('net.socketClosed', { id, code, reason: reason.toString() })
      })
    },
    send(id, data) {
      const socket = sockets.get(id)
      if (socket?.readyState !== WebSocket.OPEN) {
        return Promise.resolve('SocketTask.readyState is not OPEN')
      }
      const sent = 'text' in data ? data.text : Buffer.from(data.base64, 'base64')
      return new Promise((resolve) => {
        socket.send(sent, (error) => resolve(error ? error.message : null))
      })
    },
    close: (id, code, reason) => sockets.get(id)?.close(code, reason),
    closeAll() {
      for (const socket of sockets.values()) socket.terminate()
    },
  }
}
