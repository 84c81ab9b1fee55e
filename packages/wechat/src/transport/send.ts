import type { Dispatcher } from 'undici'
import type { CallPolicy } from './call-policy.ts'
import type { HttpRequest, HttpResponse } from './exchange.ts'
import { exchange } from './exchange.ts'

export type SendRequest<R> = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'> & {
  /** Reads the result from an answer; throws a WeChatError when there is none. */
  decode: (response: HttpResponse) => R
  /** Makes the `headers` and `body` of each attempt, and opens its answer (see api-security). */
  seal?: (() => Sealed) | undefined
  /** The longest answer, bytes; the client's `maxResponseBytes` by default. */
  maxResponseBytes?: number | undefined
  /** Time for the whole call, ms; the client's `totalTimeoutMs` by default. */
  budgetMs?: number | undefined
  /** False for calls that must not be repeated: errcode -1 then fails them. True by default. */
  retryBusy?: boolean | undefined
  signal?: AbortSignal | undefined
}

export type Sealed = Required<Pick<HttpRequest, 'headers' | 'body'>> & {
  open: (response: HttpResponse) => HttpResponse
}

/** Sends one call under the whole failure policy; resolves to what `decode` returns. */
export type Send = <R>(request: SendRequest<R>) => Promise<R>

type Parts = {
  dispatcher: Dispatcher
  basePath: string
  callPolicy: CallPolicy
  maxResponseBytes: number
}

export const createSend =
  ({ dispatcher, basePath, callPolicy, maxResponseBytes }: Parts): Send =>
  (request) => {
    const { method, path, query, decode, seal, budgetMs, retryBusy, signal } = request

    return callPolicy.run({
      path,
      signal,
      budgetMs,
      retryBusy,
      attempt: async (deadline) => {
        const sealed = seal?.()
        const { headers, body } = sealed ?? request
        const response = await exchange(
          dispatcher,
          basePath,
          // Written out: spreading objects of several shapes costs more than sending them.
          {
            method,
            path,
            query,
            headers,
            body,
            maxResponseBytes: request.maxResponseBytes ?? maxResponseBytes,
          },
          deadline,
        )

        return decode(sealed ? sealed.open(response) : response)
      },
    })
  }
