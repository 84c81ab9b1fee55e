import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/** A request as it arrived. */
export interface SeenRequest {
  method: string
  path: string
  query: Record<string, string>
  body: string
}

/** Reads a whole request; rejects when its client goes away before its end. */
export const readRequest = async (request: IncomingMessage): Promise<SeenRequest> => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = await text(request)

  return {
    method: request.method ?? '',
    path: url.pathname.replace(/^\/+/, '/'),
    query: Object.fromEntries(url.searchParams),
    body,
  }
}
