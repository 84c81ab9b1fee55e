import type { Dispatcher } from 'undici'
import type { CallPolicy } from './call-policy.ts'
import type { HttpRequest, HttpResponse } from './exchange.ts'
import { exchange } from './exchange.ts'

export type SendRequest<R> = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'> & {
  /** The result in an answer; throws a WeChatError for an answer that has none. */
  decode: (response: HttpResponse) => R
  /** Makes what each attempt sends in place of `body` and `headers`, and reads what comes back. */
  seal?: (() => Sealed) | undefined
  maxResponseBytes?: number | undefined
  budgetMs?: number | undefined
  retryBusy?: boolean | undefined
  signal?: AbortSignal | undefined
}

export type Sealed = Required<Pick<HttpRequest, 'headers' | 'body'>> & {
  open: (response: HttpResponse) => HttpResponse
}

/** Sends one call under the whole failure policy; resolves to what `decode` makes of its answer. */
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
