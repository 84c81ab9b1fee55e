import type { Socket } from 'node:net'
import { openSocket } from './raw-request.ts'

export type Flood = {
  /** How many answers came so far, by their status. */
  answers: ReadonlyMap<number, number>
  stop(): void
}

/**
 * Sends one request on each of so many connections, and again as soon as it is answered; who is refused
 * waits for `pauseMs`. In raw bytes, since whoever floods must not be the first to be busy.
 */
export const flood = async (
  url: string,
  { request, connections, pauseMs }: { request: string; connections: number; pauseMs: number },
): Promise<Flood> => {
  const answers = new Map<number, number>()
  let over = false
  const sockets: Socket[] = []

  const open = async () => {
    const socket = await openSocket(url)
    const send = () => void (over || socket.write(request))
    socket.setEncoding('latin1').on('data', (text: string) => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)
      if (status === 0) return
      answers.set(status, (answers.get(status) ?? 0) + 1)
      if (status === 503) setTimeout(send, pauseMs)
      else send()
    })
    socket.on('error', () => {})
    sockets.push(socket)
    send()
  }
  await Promise.all(Array.from({ length: connections }, open))

  return {
    answers,
    stop() {
      over = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
