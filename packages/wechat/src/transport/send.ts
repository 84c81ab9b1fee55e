import type { Dispatcher } from 'undici'
import type { HttpRequest } from './exchange.ts'
import { exchange } from './exchange.ts'
import type { Lane } from './lane.ts'
import type { Reply } from './reply.ts'
import { parseReply, unexpectedReply } from './reply.ts'

export type JsonCall<R> = Pick<HttpRequest, 'method' | 'path' | 'query'> & {
  /** Says whether a successful answer has everything that its type promises. */
  check: (reply: Reply) => reply is Reply & R
  signal?: AbortSignal | undefined
}

/** Sends one call under the whole failure policy; resolves to a successful, checked answer. */
export type Send = <R>(call: JsonCall<R>) => Promise<R>

type Parts = {
  dispatcher: Dispatcher
  basePath: string
  lane: Lane
  maxResponseBytes: number
}

export const createSend =
  ({ dispatcher, basePath, lane, maxResponseBytes }: Parts): Send =>
  (call) =>
    lane.run({
      path: call.path,
      signal: call.signal,
      attempt: async (signal) => {
        const request = { ...call, maxResponseBytes }
        const { body } = await exchange(dispatcher, basePath, request, signal)
        const reply = parseReply(call.path, body)
        if (!call.check(reply)) throw unexpectedReply(call.path)

        return reply
      },
    })
