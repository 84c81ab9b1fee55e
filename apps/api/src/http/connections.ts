import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { ERRNO } from '@oa/contracts'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import type { Meter } from '../infra/metrics/meter.ts'

const MAX_HEADER_BYTES = 16_384
/** Nobody who talks to this API sends a request before the last one was answered. */
const MAX_PIPELINED = 100
/** Of the files that a process may have open: for the database, pictures and logs. */
const SPARE_FILES = 200
const MAKE_ROOM_EVERY_MS = 1_000

/** What a connection may do, and how long it may take, before a route sees its request. */
export const CONNECTION_OPTIONS = {
  /** Without a byte in either direction, also of a client that does not read its answers. */
  connectionTimeout: 30_000,
  /** A request has to arrive within these. */
  requestTimeout: 8_000,
  /** Longer than proxies keep theirs, so that it is them who close. */
  keepAliveTimeout: 72_000,
  http: {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 8_000,
    // Node looks for requests that are late only this often; its default is half a minute.
    connectionsCheckingInterval: 1_000,
  },
}

type Options = { most: number; meter: Pick<Meter, 'overloadRefused'> }

/**
 * Bounds how many connections there are, and what one of them may ask for at a time. One too many is
 * closed at once, and those that are idle make room for the next.
 */
export default fp<Options>(
  async (app, { most, meter }) => {
    limitConnections(app.server, Math.min(most, openFileLimit() - SPARE_FILES))
    const makeRoom = createRoomMaker(app)
    app.server.on('drop', () => {
      meter.overloadRefused('connection')
      makeRoom()
    })

    const pipelined = new WeakMap<object, number>()
    app.addHook('onRequest', (request, reply, done) => {
      // Only the answer that waits for an earlier one on its connection has no socket yet.
      if (reply.raw.socket !== null) return done()
      const count = (pipelined.get(request.raw.socket) ?? 0) + 1
      pipelined.set(request.raw.socket, count)
      if (count <= MAX_PIPELINED) return done()
      reply.header('connection', 'close')
      done(new BusinessError(ERRNO.TOO_MANY_REQUESTS, TEXTS.TOO_MANY_REQUESTS.connection))
    })
  },
  { name: 'connections', dependencies: ['error-replies'] },
)

const limitConnections = (server: Server, most: number) => {
  server.maxConnections = Math.max(1, most)
}

/** Who kept a connection to save time has to open one again; who has none could not be served at all. */
const createRoomMaker = ({ server, log }: FastifyInstance) => {
  let madeAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - madeAt < MAKE_ROOM_EVERY_MS) return
    madeAt = now
    log.warn({ most: server.maxConnections }, 'too many connections: closing those that are idle')
    server.closeIdleConnections()
  }
}

/** Where Linux tells it; elsewhere there is no bound that we know of. */
const openFileLimit = (): number => {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const [, files] = /^Max open files\s+(\d+)/m.exec(limits) ?? []
    return files === undefined ? Number.POSITIVE_INFINITY : Number(files)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
