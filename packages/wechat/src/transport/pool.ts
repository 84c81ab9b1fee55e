import { Socket } from 'node:net'
import { buildConnector, Pool } from 'undici'
import type { PolicyOptions } from '../options.ts'

type PoolOptions = Pick<PolicyOptions, 'connectTimeoutMs' | 'maxConcurrent'> & {
  origin: string
  ca?: string | undefined
}

/** The code of a connection that was not made within `connectTimeoutMs`. */
export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT'

/** A connection could not be made; `code` says why (ECONNREFUSED, CERT_HAS_EXPIRED …). */
export class ConnectFailure extends Error {
  readonly code: string

  constructor(code: string) {
    super('connect failed')
    this.code = code
  }
}

/** A keep-alive pool for one origin. Without pipelining, a stalled answer delays no other call. */
export const createPool = (options: PoolOptions): Pool =>
  new Pool(options.origin, {
    connections: options.maxConcurrent,
    pipelining: 1,
    // The call's own deadline applies; these would fire later and less exactly.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: createConnector(options),
  })

const createConnector = ({ connectTimeoutMs, ca }: PoolOptions): buildConnector.connector => {
  const connect = buildConnector({
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot switch it off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    timeout: 0,
    ...(ca === undefined ? {} : { ca }),
  })

  return (options, callback) => {
    let timer: NodeJS.Timeout | undefined
    const socket: unknown = connect(options, (error, connected) => {
      clearTimeout(timer)
      if (error) callback(new ConnectFailure(codeOf(error)), null)
      else callback(null, connected)
    })
    // undici's own connect timer has a resolution of half a second.
    timer = setTimeout(() => {
      if (socket instanceof Socket) socket.destroy()
      callback(new ConnectFailure(CONNECT_TIMEOUT), null)
    }, connectTimeoutMs)
  }
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
