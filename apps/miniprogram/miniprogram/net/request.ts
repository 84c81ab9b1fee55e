import type { ApiRoutes, Ok } from '@oa/contracts'
import { exchangeWithRenewal } from '../auth/silent-renewal'
import { pause } from '../utils/promise'
import type { Failure } from './failure'
import { toFailure } from './failure'
import type { Exchange, Method } from './http'

type Spec = { request: unknown; result: unknown; params: unknown }
type MethodOf<P extends keyof ApiRoutes> = keyof ApiRoutes[P] & Method
type SpecOf<P extends keyof ApiRoutes, M extends MethodOf<P>> = ApiRoutes[P][M] & Spec
type Data<T> = [T] extends [undefined] ? { data?: undefined } : { data: T }
type Params<T> = [T] extends [undefined] ? { params?: undefined } : { params: T }
type Options<S extends Spec> = Data<S['request']> & Params<S['params']>
/** The last argument may be left out where the contract asks for neither body nor parameters. */
type Rest<S extends Spec> =
  Partial<Options<S>> extends Options<S> ? [options?: Options<S>] : [options: Options<S>]

const RETRIES = 2
/** What a person waits for without being told; a longer wait is for the screen to count down. */
const SILENT_WAIT_S = 2

/**
 * Asks our API. Path, method, parameters and body must be the contract's, else it does not compile.
 * Resolves with the success envelope `{errno: 0, errmsg, data}` and rejects with a `Failure`, never
 * with anything else. A session that ended is renewed unseen and the request repeated once; a busy
 * server is asked again, twice at most, and only where asking twice does no harm.
 */
export const request = async <P extends keyof ApiRoutes, M extends MethodOf<P>>(
  path: P,
  method: M,
  ...[options]: Rest<SpecOf<P, M>>
): Promise<Ok<SpecOf<P, M>['result']>> => {
  const { data, params } = (options || {}) as Partial<Pick<Exchange, 'data'>> & {
    params?: Record<string, string>
  }
  const call = { path: fill(path, params), method, data }

  for (let retry = 0; ; retry += 1) {
    try {
      return await exchangeWithRenewal<SpecOf<P, M>['result']>(call)
    } catch (cause) {
      const failure = toFailure(cause)
      if (method !== 'GET' || retry === RETRIES || !isWorthWaiting(failure)) throw failure
      await pause(delayMs(failure, retry))
    }
  }
}

const fill = (path: string, params: Record<string, string> = {}): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

const isWorthWaiting = ({ retryAfter }: Failure): boolean =>
  retryAfter !== undefined && retryAfter <= SILENT_WAIT_S

/** Spread out, so that phones that failed together do not come back together. */
const delayMs = ({ retryAfter = 0 }: Failure, retry: number): number =>
  retryAfter * 1000 + Math.random() * 400 * 2 ** retry
