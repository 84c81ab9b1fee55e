import type { Dispatcher } from 'undici'
import type { HttpRequest, HttpResponse } from './exchange.ts'
import { exchange } from './exchange.ts'
import type { Lane } from './lane.ts'

export type SendRequest<R> = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'> & {
  /** The result in an answer; throws a WeChatError for an answer that has none. */
  decode: (response: HttpResponse) => R
  maxResponseBytes?: number | undefined
  budgetMs?: number | undefined
  retryBusy?: boolean | undefined
  signal?: AbortSignal | undefined
}

/** Sends one call under the whole failure policy; resolves to what `decode` makes of its answer. */
export type Send = <R>(request: SendRequest<R>) => Promise<R>

type Parts = {
  dispatcher: Dispatcher
  basePath: string
  lane: Lane
  maxResponseBytes: number
}

export const createSend =
  ({ dispatcher, basePath, lane, maxResponseBytes }: Parts): Send =>
  ({ decode, budgetMs, retryBusy, signal, ...request }) =>
    lane.run({
      path: request.path,
      signal,
      budgetMs,
      retryBusy,
      attempt: async (attemptSignal) => {
        const limited = {
          ...request,
          maxResponseBytes: request.maxResponseBytes ?? maxResponseBytes,
        }
        return decode(await exchange(dispatcher, basePath, limited, attemptSignal))
      },
    })
