import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { LogController } from 'fastify'
import type { Config } from '../config/load-config.ts'
import { addTextFormats } from './text-formats.ts'
import { answerUnreadable } from './unreadable-requests.ts'

const MAX_BODY_BYTES = 65_536
const MAX_HEADER_BYTES = 16_384
const MAX_CONNECTIONS = 20_000
const REQUEST_ID = /^[\w.-]{8,64}$/

/** A request has to be answered within this. */
export const HANDLER_TIMEOUT_MS = 10_000

/** A request has to arrive within these. */
const TIMEOUTS = {
  connectionTimeout: 30_000,
  requestTimeout: 8_000,
  keepAliveTimeout: 72_000,
}

/** How this server treats connections and requests before a route sees them. */
export const httpOptions = ({ http }: Pick<Config, 'http'>) => ({
  ...TIMEOUTS,
  http: {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 8_000,
    // Node looks for requests that are late only this often; its default is half a minute.
    connectionsCheckingInterval: 1_000,
  },
  trustProxy: typeof http.trustProxy === 'number' ? hops(http.trustProxy) : http.trustProxy,
  bodyLimit: MAX_BODY_BYTES,
  requestIdHeader: false as const,
  genReqId: requestId,
  logController: new LogController({ disableRequestLogging: true }),
  clientErrorHandler: answerUnreadable,
  // Requests on connections that are already open are served to the end of the process.
  return503OnClosing: false,
  routerOptions: { maxParamLength: 2_048 },
  ajv: {
    customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } as const,
    onCreate: addTextFormats,
  },
})

export const limitConnections = (server: { maxConnections: number }) => {
  server.maxConnections = MAX_CONNECTIONS
}

/** The caller's id when it is harmless to repeat, else one of ours. */
const requestId = ({ headers }: IncomingMessage) => {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

const hops = (proxies: number) => (_address: string, hop: number) => hop < proxies
