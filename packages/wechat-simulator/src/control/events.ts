import type { FastifyReply } from 'fastify'
import type { Signal } from '../signal.ts'

/** Server-sent events: one empty message whenever something has changed. */
export const sendEvents = (reply: FastifyReply, changes: Signal) => {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  raw.write('data:\n\n')
  const stop = changes.listen(() => {
    // A page that does not read misses nothing: messages carry no data.
    if (!raw.writableNeedDrain) raw.write('data:\n\n')
  })
  raw.once('close', stop)

  return reply
}
