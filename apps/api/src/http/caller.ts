import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** As long as the columns that keep it; the longest User-Agent must not fail a sign-in. */
const MAX_USER_AGENT = 512

/** Where a request came from, and which mini-program it names. Of a User-Agent at most 512 code points are kept. */
export const callerOf = ({ appId, ip, headers, id }: FastifyRequest) => ({
  appId,
  // A proxy that is trusted too far hands on what its client wrote.
  ip: isIP(ip) === 0 ? '' : ip,
  userAgent: truncate(headers['user-agent'] ?? ''),
  requestId: id,
})

const truncate = (text: string) =>
  text.length <= MAX_USER_AGENT ? text : [...text].slice(0, MAX_USER_AGENT).join('')
