import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'

/** A connection that the server has taken. */
export const openSocket = async (url: string): Promise<Socket> => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return socket
}

/** Sends the bytes unchanged and resolves to everything received until the connection closes. */
export const rawRequest = (url: string, bytes: string | Buffer): Promise<string> => {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    const done = () => resolve(Buffer.concat(chunks).toString('utf8'))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', done)
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done() : reject(error),
    )
  })
}

/** A POST of JSON that asks the server to close the connection. */
export const rawPost = (path: string, body: string | Buffer, headers: readonly string[] = []) =>
  Buffer.concat([
    Buffer.from(
      [
        `POST ${path} HTTP/1.1`,
        'Host: localhost',
        'Connection: close',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...(headers.some((header) => /^content-type/i.test(header))
          ? headers
          : ['Content-Type: application/json', ...headers]),
        '\r\n',
      ].join('\r\n'),
    ),
    Buffer.from(body),
  ])

export const statusOf = (response: string) => Number(response.split(' ')[1])

export const errnoOf = (response: string) =>
  Number(/"errno":(-?\d+)/.exec(response.slice(response.indexOf('\r\n\r\n')))?.[1])
