import { createDecipheriv, createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

export const PUSH_TOKEN = 'push-token'
export const ENCODING_AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

export interface Received {
  method: string
  query: Record<string, string>
  contentType: string | undefined
  body: string
}

type Answer = (received: Received, count: number, response: ServerResponse) => void

/** Starts developer's servers that remember what WeChat pushes, and end with the test. */
export const useReceiver = () => {
  const stops: (() => void)[] = []
  afterEach(() => {
    for (const stop of stops.splice(0)) stop()
  })

  return async (answer: Answer = (_received, _count, response) => response.end('success')) => {
    const received: Received[] = []
    const server = createServer(async (request, response) => {
      const seen = await read(request)
      received.push(seen)
      answer(seen, received.length, response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    stops.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo

    return { received, url: `http://127.0.0.1:${port}/push?keep=1` }
  }
}

const read = async (request: IncomingMessage): Promise<Received> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')

  return {
    method: request.method ?? '',
    query: Object.fromEntries(searchParams),
    contentType: request.headers['content-type'],
    body: Buffer.concat(chunks).toString(),
  }
}

export const sha1OfSorted = (...parts: (string | undefined)[]) =>
  createHash('sha1').update(parts.sort().join('')).digest('hex')

/** Opens an encrypted push: the message and the appid it was made for. */
export const openPush = (sealed: string) => {
  const key = Buffer.from(`${ENCODING_AES_KEY}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + plain.readUInt32BE(16)

  return { message: plain.subarray(20, end).toString(), appid: plain.subarray(end).toString() }
}
