import { generate } from 'selfsigned'

const DAY_MS = 86_400_000

/** A self-signed certificate that is its own authority. */
export const createCertificate = async ({ ip = '127.0.0.1', validDays = 1 } = {}) => {
  const now = Date.now()
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'wechat.test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 3 * DAY_MS),
    notAfterDate: new Date(now + validDays * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
    ],
  })

  return { key, cert }
}
