import { describe, expect, it, vi } from 'vitest'
import { createCertificate } from './certificates.ts'
import { answering, failureOf, SESSION, useServers } from './support.ts'

describe('TLS', () => {
  const { startHttp, createClient } = useServers()

  it.each([
    ['for another host', { ip: '192.0.2.1' }, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has expired', { validDays: -1 }, true, 'CERT_HAS_EXPIRED'],
    ['of an unknown authority', {}, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])(
    'names why a certificate %s is refused, and sends nothing',
    async (_what, options, trusted, code) => {
      const { key, cert } = await createCertificate(options)
      const server = await startHttp(answering(SESSION), { key, cert })
      const client = createClient({ baseUrl: server.url, ...(trusted ? { ca: cert } : {}) })

      const error = await failureOf(client.code2Session('0cODE0'), '0cODE0')
      expect(error).toMatchObject({ reason: 'tls' })
      expect(error.message).toContain(code)
      expect(server.requests).toHaveLength(0)
    },
  )

  it('is verified even when the environment disables it', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const { key, cert } = await createCertificate()
    const server = await startHttp(answering(SESSION), { key, cert })
    const client = createClient({ baseUrl: server.url })

    expect(await failureOf(client.code2Session('code'))).toMatchObject({ reason: 'tls' })
    expect(server.requests).toHaveLength(0)
  })
})
