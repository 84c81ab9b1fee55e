import { describe, expect, it } from 'vitest'
import type { SealFlaw } from '../src/api-security/sealed-call.ts'
import { OFFICIAL } from './official-seal.ts'
import { RISK, RISK_FIELDS, useSealedSimulator } from './sealed.ts'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const startSealed = useSealedSimulator()
const { appid } = APP
const rankOfAlice = {
  errcode: 0,
  errmsg: 'getuserriskrank succ',
  risk_rank: 2,
  unoin_id: expect.any(Number),
}

describe('a sealed call', () => {
  it('is processed by the endpoint and answered sealed', async () => {
    const { askRisk, control } = await startSealed()

    expect(await askRisk()).toEqual({ sealed: true, ...rankOfAlice })
    expect((await control.calls()).at(-1)).toMatchObject({
      path: RISK,
      appid,
      person: 'alice',
      sealed: true,
      errcode: 0,
      query: { access_token: '…' },
    })
  })

  it("may be the worked example of WeChat's page, byte for byte", async () => {
    const app = { ...OFFICIAL.app, secret: APP.secret }
    const simulator = await start({ apps: [app], settings: { sealing: { maxAgeMs: 0 } } })
    const { openid, headers, body } = OFFICIAL
    await simulator.control.createPerson({ name: 'bob', appid: app.appid, openid })
    await simulator.control.login({ appid: app.appid, person: 'bob' })
    const { raw } = await createApi(simulator, app)
    const answer = await raw(OFFICIAL.path, { method: 'POST', headers, body })

    expect(answer.headers.get('wechatmp-appid')).toBe(app.appid)
    expect(await answer.json()).toEqual({
      iv: expect.stringMatching(/^.{16}$/),
      data: expect.any(String),
      authtag: expect.stringMatching(/^.{24}$/),
    })
    expect((await simulator.control.calls()).at(-1)).toMatchObject({ person: 'bob', errcode: 0 })
  })

  it('has its query inside the seal, and fields outside are ignored', async () => {
    const { seal, send } = await startSealed()
    const path = '/wxa/business/getuserencryptkey'
    const ask = (fields: object, query?: Record<string, string>) =>
      send(path, seal(path, { signature: '0', sig_method: 'hmac_sha256', ...fields }), query)

    expect(await ask({ openid: 'oAlice' })).toMatchObject({ errcode: 87009 })
    expect(await ask({}, { openid: 'oAlice' })).toMatchObject({ errcode: 40097 })
  })

  it('carries a phone code like a plain one', async () => {
    const { seal, send, control } = await startSealed()
    const { code } = await control.phoneCode({ appid, person: 'alice' })
    const path = '/wxa/business/getuserphonenumber'
    const ask = () => send(path, seal(path, { code }))

    expect(await ask()).toMatchObject({ sealed: true, phone_info: { countryCode: '86' } })
    expect(await ask()).toMatchObject({ sealed: true, errcode: 40029 })
  })

  it('that the endpoint refuses is answered in the clear by a setting', async () => {
    const { askRisk } = await startSealed({ settings: { sealing: { sealRefusals: false } } })
    const answer = await askRisk(undefined, { openid: 'oNobody' })

    expect(answer).toEqual({ errcode: 40003, errmsg: expect.stringMatching(/rid: /) })
  })
})

describe('a call whose seal is wrong', () => {
  it.each<[number, SealFlaw, string]>([
    [40231, 'without-timestamp', 'missing Wechatmp-TimeStamp'],
    [40232, 'without-signature', 'missing Wechatmp-Signature'],
    [40233, 'without-appid', 'missing Wechatmp-Appid'],
    [40234, 'changed-body', 'invalid signature'],
    [40235, 'other-address', 'invalid encrypt'],
    [40236, 'other-appid', 'invalid Wechatmp-Appid'],
    [40240, 'day-old', 'expired Wechatmp-TimeStamp'],
  ])('is answered %i in the clear: %s', async (errcode, flaw, errmsg) => {
    const { askRisk, control } = await startSealed()

    expect(await askRisk(flaw)).toEqual({
      errcode,
      errmsg: expect.stringMatching(`^${errmsg} rid`),
    })
    expect((await control.calls()).at(-1)).toMatchObject({ appid, sealed: true, errcode })
  })

  it.each([
    ['appid', { _appid: 'wx0000000000000000' }],
    ['time', { _timestamp: 1 }],
    ['nonce', { _n: '' }],
  ])('is 40235 when the %s inside differs from the one outside', async (_what, change) => {
    const { askRisk } = await startSealed()

    expect(await askRisk(undefined, change)).toMatchObject({ errcode: 40235 })
  })

  it('is 40237 for the token of another app', async () => {
    const { seal, control, url } = await startSealed()
    const other = { appid: 'wx2', secret: 's' }
    await control.createApp(other)
    const { raw } = await createApi({ url }, other)
    const answer = await raw(RISK, { method: 'POST', ...seal(RISK, RISK_FIELDS) })

    expect(await answer.json()).toMatchObject({ errcode: 40237 })
  })

  it.each([
    [40238, { publicKey: OFFICIAL.app.apiSecurity.publicKey }],
    [40239, { symmetricKey: OFFICIAL.app.apiSecurity.symmetricKey }],
  ])('is %i for an app that lacks a key', async (errcode, apiSecurity) => {
    const { askRisk, control } = await startSealed()
    await control.changeApp({ appid, apiSecurity })

    expect(await askRisk()).toMatchObject({ errcode })
  })

  it('is 40240 when the clock of its sender is off', async () => {
    const { askRisk, control } = await startSealed()
    await control.advanceClock(240_000)
    expect(await askRisk()).toMatchObject(rankOfAlice)
    await control.advanceClock(120_000)
    expect(await askRisk()).toMatchObject({ errcode: 40240 })
  })

  it('is refused the second time', async () => {
    const { seal, send, control } = await startSealed()
    const call = seal(RISK, RISK_FIELDS)

    expect(await send(RISK, call)).toMatchObject(rankOfAlice)
    expect(await send(RISK, call)).toMatchObject({ errcode: 40235 })
    await control.changeSettings({ sealing: { nonceWindowMs: 0 } })
    expect(await send(RISK, call)).toMatchObject(rankOfAlice)
  })

  it('is refused the second time for as long as it could be a replay', async () => {
    const { seal, send, control } = await startSealed({ settings: { sealing: { maxAgeMs: 0 } } })
    const call = seal(RISK, RISK_FIELDS)
    await send(RISK, call)
    await control.advanceClock(301_000)

    expect(await send(RISK, call)).toMatchObject(rankOfAlice)
  })

  it('needs the serial of the public key by a setting', async () => {
    const { seal, send } = await startSealed({ settings: { sealing: { requireSerial: true } } })
    const { headers, body } = seal(RISK, RISK_FIELDS)

    expect(await send(RISK, { headers, body })).toMatchObject({ errcode: 40230 })
    expect(
      await send(RISK, { headers: { ...headers, 'Wechatmp-Serial': '1' }, body }),
    ).toMatchObject(rankOfAlice)
  })

  it('is not looked at without a token', async () => {
    const { seal, url } = await startSealed()
    const answer = await fetch(url + RISK, { method: 'POST', ...seal(RISK, RISK_FIELDS) })

    expect(await answer.json()).toMatchObject({ errcode: 41001 })
  })

  it('is refused for pictures, whose sealed form is not published', async () => {
    const { seal, send } = await startSealed()
    const path = '/wxa/getwxacodeunlimit'

    expect(await send(path, seal(path, { scene: 'a' }))).toMatchObject({
      errcode: 40235,
      errmsg: expect.stringContaining('picture'),
    })
  })
})

describe('a plain call to an app with API security', () => {
  it('is accepted, unless its path requires a seal', async () => {
    const { post, askRisk, control } = await startSealed()
    expect(await post(RISK, RISK_FIELDS)).toEqual(rankOfAlice)
    const { symmetricKey, publicKey } = OFFICIAL.app.apiSecurity
    const paths = { [RISK]: 'required' } as const
    await control.changeApp({ appid, apiSecurity: { symmetricKey, publicKey, paths } })

    expect(await post(RISK, RISK_FIELDS)).toMatchObject({ errcode: 40233 })
    expect((await control.calls()).at(-1)).not.toHaveProperty('sealed')
    await control.changeSettings({ errcodes: { unsealedCall: 934011 } })
    expect(await post(RISK, RISK_FIELDS)).toMatchObject({ errcode: 934011 })
    expect(await askRisk()).toMatchObject({ errcode: 40234 })
  })
})
