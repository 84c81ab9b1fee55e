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
/** The longest `retryAfter` to wait for silently; the failure card counts a longer one down. */
const SILENT_WAIT_S = 2

/**
 * Sends a request to our API. Path, method, parameters and body that are not the contract's do not
 * compile. Resolves with the success envelope `{errno: 0, errmsg, data}` and rejects only with a
 * `Failure`. A session that ended is renewed silently and the request repeated once. A GET that a
 * busy server refuses is repeated too, twice at most; other methods change something and are not.
 */
export const request = async <P extends keyof ApiRoutes, M extends MethodOf<P>>(
  path: P,
  method: M,
  ...[options]: Rest<SpecOf<P, M>>
): Promise<Ok<SpecOf<P, M>['result']>> => {
  // `Rest` guarantees this shape; for an unknown path the compiler cannot derive it.
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

/** In milliseconds, with jitter: phones that failed together must not come back together. */
const delayMs = ({ retryAfter = 0 }: Failure, retry: number): number =>
  retryAfter * 1000 + Math.random() * 400 * 2 ** retry
