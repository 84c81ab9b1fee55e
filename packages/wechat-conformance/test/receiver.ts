import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach } from 'vitest'

export const PUSH_TOKEN = 'push-token'
export const ENCODING_AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

export interface Received {
  query: Record<string, string>
  body: string
}

/** Starts servers that remember what is pushed to them, and end with the test. */
export const useReceiver = () => {
  const stops: (() => void)[] = []
  afterEach(() => {
    for (const stop of stops.splice(0)) stop()
  })

  return async () => {
    const received: Received[] = []
    const server = createServer(async (request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
      received.push({ query: Object.fromEntries(searchParams), body: await text(request) })
      response.end('success')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    stops.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo

    return { received, url: `http://127.0.0.1:${port}/push` }
  }
}
