import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request of the mini-program, as the gate recorded it. */
export interface Passage {
  method: string
  path: string
  token: string | undefined
  /** Absent until the API answered, and when it was not asked. */
  status?: number
}

type State = 'open' | 'down' | 'portal' | 'one-way'

const PORTAL = '<!doctype html><title>Wi-Fi</title><h1>请先登录网络</h1>'

/**
 * A fault-injecting proxy between the mini-program and the API. It records requests, and can be a
 * dead server (`down`), a captive portal (`portal`), or a network that loses every response
 * (`one-way`). `hold` delays requests until `release`.
 */
export const startGate = async (apiUrl: string) => {
  const passages: Passage[] = []
  let state: State = 'open'
  let cutPath = ''
  let way = Promise.resolve()
  let letPass = () => {}

  const server = createServer(async (request, response) => {
    const passage = note(request)
    passages.push(passage)
    await way
    if (passage.path === cutPath) return void request.socket.destroy()
    if (state === 'open' || state === 'one-way') {
      forward(apiUrl, request, response, { passage, isLost: state === 'one-way' })
    }
    if (state === 'down') request.socket.destroy()
    if (state === 'portal') response.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become(next: State) {
      state = next
    },
    /** Cuts every request to this path off, until `reset`. */
    cut(path: string) {
      cutPath = path
    },
    /** Holds requests back until `release`. */
    hold() {
      way = new Promise((resolve) => {
        letPass = resolve
      })
    },
    release: () => letPass(),
    passages,
    to: (path: string) => passages.filter((passage) => passage.path === path),
    /** Opens the gate and clears the record. */
    reset() {
      letPass()
      way = Promise.resolve()
      state = 'open'
      cutPath = ''
      passages.length = 0
    },
    async close() {
      letPass()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Gate = Awaited<ReturnType<typeof startGate>>

const note = ({ method = '', url = '', headers }: IncomingMessage): Passage => {
  const token = headers['x-oa-token']

  return { method, path: url, token: Array.isArray(token) ? token[0] : token }
}

const forward = (
  apiUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
  { passage, isLost }: { passage: Passage; isLost: boolean },
) => {
  const { method, url, headers } = request
  const upstream = send(apiUrl + url, { method, headers }, (answer) => {
    passage.status = answer.statusCode ?? 0
    if (isLost) {
      response.destroy()
      return
    }
    response.writeHead(passage.status, answer.headers)
    answer.pipe(response)
  })
  upstream.on('error', () => response.destroy())
  request.pipe(upstream)
}
