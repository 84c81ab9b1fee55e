import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { LogController } from 'fastify'
import type { Config } from '../config/load-config.ts'
import { compilersFactory } from './compilers.ts'
import { CONNECTION_OPTIONS } from './connections.ts'
import { addTextFormats } from './text-formats.ts'
import { answerUnreadable } from './unreadable-requests.ts'

const MAX_BODY_BYTES = 65_536
const REQUEST_ID = /^[\w.-]{8,64}$/

/** A request has to be answered within this. */
export const HANDLER_TIMEOUT_MS = 10_000

/** How this server treats connections and requests before a route sees them. */
export const httpOptions = ({ http }: Pick<Config, 'http'>) => ({
  ...CONNECTION_OPTIONS,
  trustProxy: typeof http.trustProxy === 'number' ? hops(http.trustProxy) : http.trustProxy,
  bodyLimit: MAX_BODY_BYTES,
  requestIdHeader: false as const,
  genReqId: requestId,
  logController: new LogController({ disableRequestLogging: true }),
  clientErrorHandler: answerUnreadable,
  // Requests on connections that are already open are served to the end of the process.
  return503OnClosing: false,
  routerOptions: { maxParamLength: 2_048 },
  schemaController: { compilersFactory },
  ajv: {
    customOptions: {
      removeAdditional: false,
      coerceTypes: false,
      useDefaults: false,
      // It would shorten what is compiled a little, and take a tenth of the time of a start.
      code: { optimize: false },
    } as const,
    onCreate: addTextFormats,
  },
})

/** The caller's id when it is harmless to repeat, else one of ours. */
const requestId = ({ headers }: IncomingMessage) => {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

const hops = (proxies: number) => (_address: string, hop: number) => hop < proxies
