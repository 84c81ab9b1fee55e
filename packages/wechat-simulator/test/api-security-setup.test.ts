import { randomBytes, X509Certificate } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { ApiSecurity, FaultInput } from '../src/index.ts'
import { ApiSecurityError } from '../src/index.ts'
import { OFFICIAL } from './official-seal.ts'
import { createSealedApi, RISK, RISK_FIELDS, useSealedSimulator } from './sealed.ts'
import { APP, useSimulator } from './support.ts'

const start = useSimulator()
const startSealed = useSealedSimulator()
const { appid } = APP
const { symmetricKey, publicKey } = OFFICIAL.app.apiSecurity

describe('the certificate that answers are signed with', () => {
  it('is self-signed and names the app', async () => {
    const { control } = await startSealed()
    const [only, ...others] = await control.platformCertificates({ appid })
    const certificate = new X509Certificate(only?.certificate ?? '')

    expect(others).toEqual([])
    expect(only).toEqual({
      sn: expect.stringMatching(/^[0-9a-f]{32}$/),
      certificate: expect.any(String),
      deprecated: false,
    })
    expect(certificate.subject).toBe(`CN=${appid}\nO=WeChat simulator`)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(Date.parse(certificate.validFrom)).toBeLessThanOrEqual(Date.now())
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now())
  })

  it('stays valid beside a new one until the change ends', async () => {
    const { control, askRisk, keys, ...simulator } = await startSealed()
    const begun = await control.changePlatformCertificate({ appid, step: 'begin' })
    expect(begun.map(({ deprecated }) => deprecated)).toEqual([false, true])
    expect(begun[1]?.sn).toBe(keys.certificates[0]?.sn)

    expect(await askRisk()).toMatchObject({ sealed: true, errcode: 0 })
    const [newest] = await control.changePlatformCertificate({ appid, step: 'end' })
    expect(await askRisk()).toEqual({ problem: `no certificate ${newest?.sn}` })
    const renewed = { ...keys, certificates: newest ? [newest] : [] }
    const api = await createSealedApi({ control, ...simulator }, renewed)
    expect(await api.askRisk()).toMatchObject({ sealed: true, errcode: 0 })
  })

  it('is the first one again after a reset', async () => {
    const { control } = await start({ apps: [{ ...APP, apiSecurity: { publicKey } }] })
    const before = await control.platformCertificates({ appid })
    await control.changePlatformCertificate({ appid, step: 'begin' })
    await control.reset()

    expect(await control.platformCertificates({ appid })).toEqual(before)
  })

  it('exists once the app has a public key', async () => {
    const { control } = await start()

    await expect(control.platformCertificates({ appid })).rejects.toMatchObject({
      statusCode: 409,
      message: expect.stringContaining('public key'),
    })
  })

  it('is named in headers spelled as WeChat spells them', async () => {
    const { seal, url, raw } = await startSealed()
    const { searchParams } = new URL((await raw('/')).url)
    const { headers, body } = seal(RISK, RISK_FIELDS)
    const names = await new Promise<string[]>((resolve, reject) => {
      const sent = request(
        `${url}${RISK}?${searchParams}`,
        { method: 'POST', headers },
        (answer) => {
          answer.resume()
          resolve(answer.rawHeaders.filter((name) => /^wechatmp/i.test(name)))
        },
      )
      sent.once('error', reject).end(body)
    })

    expect(names).toEqual([
      'Wechatmp-Appid',
      'Wechatmp-TimeStamp',
      'Wechatmp-Serial',
      'Wechatmp-Signature',
    ])
  })
})

describe('an answer with a fault', () => {
  it.each<[FaultInput['badSeal'], object]>([
    ['unsigned', { errcode: 0, risk_rank: 2 }],
    ['tampered', { problem: 'the signature of the answer is wrong' }],
    ['unknownSerial', { problem: expect.stringMatching(/^no certificate [0-9a-f]{32}$/) }],
    ['otherApp', { problem: 'Wechatmp-Appid: got "wx0000000000000000"' }],
    ['otherKey', { problem: 'the answer is not encrypted as it should be' }],
  ])('in its seal (%s) is still processed', async (badSeal = 'unsigned', answer) => {
    const { control, askRisk } = await startSealed()
    await control.addFault({ path: RISK, badSeal })
    const answered = await askRisk()

    expect(answered).toMatchObject(answer)
    expect(answered).not.toHaveProperty('sealed')
    expect((await control.calls()).at(-1)).toMatchObject({ errcode: 0, fault: 'badSeal' })
  })

  it('in its age is correctly signed, but an hour old', async () => {
    const { control, seal, raw } = await startSealed()
    await control.addFault({ path: RISK, badSeal: 'stale' })
    const { headers } = await raw(RISK, { method: 'POST', ...seal(RISK, RISK_FIELDS) })
    const age = Date.now() / 1000 - Number(headers.get('wechatmp-timestamp'))

    expect(Math.round(age / 60)).toBe(60)
  })

  it('in its types is sealed like any other', async () => {
    const { control, askRisk } = await startSealed()
    await control.addFault({ path: RISK, wrongTypes: true })

    expect(await askRisk()).toMatchObject({ sealed: true, errcode: '0', risk_rank: '2' })
  })
})

describe('API security of an app', () => {
  it.each<[string, ApiSecurity]>([
    ['SM4_GCM is not known', { symmetricKey: { ...symmetricKey, algorithm: 'SM4_GCM' } }],
    ['SM2withSM3 is not known', { publicKey: { ...publicKey, algorithm: 'SM2withSM3' } }],
    ['32 bytes', { symmetricKey: { sn: '1', key: randomBytes(16).toString('base64') } }],
    ['RSA public key', { publicKey: { sn: '1', key: 'none' } }],
    ['cannot be sealed', { paths: { '/cgi-bin/media/upload': 'required' } }],
    ['picture', { paths: { '/wxa/getwxacode': 'optional' } }],
  ])('is refused: %s', async (why, apiSecurity) => {
    const { control } = await start()
    const message = expect.stringContaining(why)

    await expect(control.changeApp({ appid, apiSecurity })).rejects.toMatchObject({
      statusCode: 400,
      message,
    })
    await expect(start({ apps: [{ ...APP, apiSecurity }] })).rejects.toThrow(ApiSecurityError)
  })

  it('is shown without any key', async () => {
    const { control, url, askRisk, keys } = await startSealed()
    await askRisk()
    const [app] = await control.apps()
    const shown = await (await fetch(`${url}/_control/state`)).text()

    expect(app?.apiSecurity).toEqual({
      symmetricKeySn: keys.symmetricKey.sn,
      publicKeySn: '1',
      paths: {},
    })
    expect(shown).toContain(keys.symmetricKey.sn)
    for (const secret of [keys.symmetricKey.key, 'BEGIN', '203.0.113.9']) {
      expect(shown).not.toContain(secret)
    }
  })
})
