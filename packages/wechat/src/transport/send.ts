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
  ({ decode, seal, budgetMs, retryBusy, signal, ...request }) =>
    callPolicy.run({
      path: request.path,
      signal,
      budgetMs,
      retryBusy,
      attempt: async (deadline) => {
        const { open, ...sealed } = seal?.() ?? { open: unchanged }
        const limit = request.maxResponseBytes ?? maxResponseBytes
        const whole = { ...request, ...sealed, maxResponseBytes: limit }
        const response = await exchange(dispatcher, basePath, whole, deadline)

        return decode(open(response))
      },
    })

const unchanged = (response: HttpResponse): HttpResponse => response
