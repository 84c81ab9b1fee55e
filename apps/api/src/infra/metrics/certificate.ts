import { connect } from 'node:tls'

const TIMEOUT_MS = 5_000
const HTTPS_PORT = 443

/**
 * When the certificate that a server shows ends; null when it shows none. It is only looked at, so one
 * that is over or belongs to another name counts as well. Rejects when the server cannot be reached.
 */
export const certificateEnd = (url: string): Promise<Date | null> => {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({
      host,
      port: port === '' ? HTTPS_PORT : Number(port),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
      timeout: TIMEOUT_MS,
    })
    socket.once('secureConnect', () => {
      const { valid_to: end } = socket.getPeerCertificate()
      socket.destroy()
      resolve(end === undefined ? null : new Date(end))
    })
    socket.once('timeout', () => socket.destroy(new Error('no TLS handshake in time')))
    socket.once('error', reject)
  })
}
