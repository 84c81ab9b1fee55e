import type { PlatformScript } from '../answer-script.ts'

export interface Certificate {
  key: string
  cert: string
}
type Kind = NonNullable<PlatformScript['certificate']>

const DAY_MS = 86_400_000
const made = new Map<string, Promise<Certificate>>()

/** A self-signed certificate for 127.0.0.1; created once per process. */
export const certificateOf = (kind: Kind): Promise<Certificate> => {
  const certificate = made.get(kind) ?? create(kind)
  made.set(kind, certificate)

  return certificate
}

const create = async (kind: Kind): Promise<Certificate> => {
  // Loaded when it is needed: most cases are plain http.
  const { generate } = await import('selfsigned')
  const now = Date.now()
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'wechat.test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 3 * DAY_MS),
    notAfterDate: new Date(now + (kind === 'expired' ? -DAY_MS : DAY_MS)),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 7, ip: kind === 'wrong-host' ? '192.0.2.1' : '127.0.0.1' }],
      },
    ],
  })

  return { key, cert }
}
