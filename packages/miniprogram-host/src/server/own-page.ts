import type { IncomingMessage } from 'node:http'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Whether a request comes from this server's own page or from a local program. A different Host
 * indicates DNS rebinding, a different Origin another web page.
 */
export const isOwnPage = ({ headers }: IncomingMessage): boolean => {
  const { host, origin } = headers
  if (host === undefined || !URL.canParse(`http://${host}`)) return false
  if (!LOOPBACK.has(new URL(`http://${host}`).hostname)) return false
  return origin === undefined || origin === `http://${host}`
}
