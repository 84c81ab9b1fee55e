import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { WeChatEvent } from '../src/index.ts'
import {
  createPrivateKeyText,
  PATHS,
  PRIVATE_KEY,
  QUERY,
  RISK,
  SYMMETRIC_KEY,
  useSecured,
} from './secured.ts'
import { APP_ID, failureOf } from './support.ts'

const { start, relay } = useSecured()
const MEI = { appid: APP_ID, person: 'mei' }
const OTHER_KEY = randomBytes(32).toString('base64')

describe('calls that are signed and encrypted', () => {
  it('reach every endpoint that supports them, and their answers are decrypted', async () => {
    const { control, connect } = await start()
    const client = connect()
    const { code } = await control.login(MEI)
    const { openid, sessionKey } = await client.code2Session(code)
    const { code: phoneCode = '' } = await control.phoneCode(MEI)
    const templateId = 'T'.repeat(43)
    await control.addTemplate({ appid: APP_ID, templateId, fields: ['thing1'] })
    const answers = { [templateId]: 'accept' as const }
    await control.requestSubscribe({ ...MEI, tmplIds: [templateId], answers })
    await control.userMessage({ ...MEI, content: '你好' })
    const { encryptKey } = await control.userEncryptKey(MEI)

    expect(await client.getUserRiskRank(QUERY)).toEqual({ rank: 1, queryId: expect.any(String) })
    expect(await client.getPhoneNumber(phoneCode)).toMatchObject({ countryCode: '86' })
    expect(await client.getUserEncryptKey({ openid, sessionKey })).toMatchObject([{ encryptKey }])
    const check = { openid, scene: 'comment' } as const
    expect(await client.msgSecCheck({ ...check, content: '你好😀' })).toMatchObject({
      suggest: 'pass',
    })
    const media = { mediaUrl: 'https://files.example/a.png', mediaType: 'image' } as const
    expect((await client.mediaCheckAsync({ ...check, ...media })).traceId).not.toBe('')
    const message = { touser: openid, templateId, data: { thing1: '周会' } }
    expect((await client.sendSubscribeMessage(message)).msgId).toMatch(/^\d+$/)
    await client.sendCustomMessage(openid, { type: 'text', content: '在' })

    const calls = await control.calls()
    const sealed = calls.filter((call) => call.sealed)
    expect(sealed.map(({ path, errcode }) => [path, errcode]).sort()).toEqual(
      PATHS.map((path) => [path, 0]).sort(),
    )
  })

  it('reveal nothing but the token', async () => {
    const { control, connect, url } = await start()
    const { url: baseUrl, sent } = await relay(url)
    const client = connect({}, { baseUrl })
    const session = await client.code2Session((await control.login(MEI)).code)
    await client.getUserEncryptKey(session)
    const call = sent.at(-1)

    expect(call?.url).toMatch(/^\/wxa\/business\/getuserencryptkey\?access_token=[^&]+$/)
    expect(JSON.parse(call?.body ?? '')).toEqual({
      iv: expect.stringMatching(/^[\w+/]{16}$/),
      data: expect.any(String),
      authtag: expect.stringMatching(/^[\w+/]{22}==$/),
    })
    expect(call?.headers).toMatchObject({ 'wechatmp-appid': APP_ID })
    expect(call?.headers).not.toHaveProperty('wechatmp-serial')
  })

  it('are encrypted and signed anew for each attempt', async () => {
    const { connect, url } = await start()
    const answers = [new Response('{"errcode":-1,"errmsg":"system error"}')]
    const { url: baseUrl } = await relay(url, (answer, { url: path }) =>
      path?.startsWith(RISK) ? (answers.shift() ?? answer) : answer,
    )

    expect((await connect({}, { baseUrl }).getUserRiskRank(QUERY)).rank).toBe(1)
    expect(answers).toEqual([])
  })

  it('are encrypted and signed anew for a new token', async () => {
    const { connect, control } = await start()
    await control.addFault({ path: RISK, errcode: 40001 })

    expect((await connect().getUserRiskRank(QUERY)).rank).toBe(1)
  })

  it.each([true, false])(
    'are refused by the endpoint like others (encrypted refusal: %s)',
    async (is) => {
      const { connect } = await start({ sealing: { sealRefusals: is } })
      const error = await failureOf(connect().getUserRiskRank({ ...QUERY, openid: 'oNobody' }))

      expect(error).toMatchObject({ reason: 'rejected', errcode: 40003 })
      expect(error.rid).toMatch(/^[0-9a-f-]{26}$/)
    },
  )

  it('do not affect other paths', async () => {
    const { control, connect } = await start()
    expect(await connect({ paths: [RISK] }).generateUrlLink({ expires: { days: 1 } })).toMatch(/^h/)
    expect((await control.calls()).filter(({ sealed }) => sealed)).toEqual([])
  })

  it('are refused when the body is not JSON', async () => {
    const { connect } = await start()
    const client = connect({ paths: ['/wxa/other'] })

    await expect(client.call({ path: '/wxa/other', reply: {} })).rejects.toThrow('sends no JSON')
  })
})

describe('a mistake in the configuration', () => {
  it.each([
    [40234, 'another private key', { privateKey: createPrivateKeyText() }],
    [40235, 'another symmetric key', { symmetricKey: { ...SYMMETRIC_KEY, key: OTHER_KEY } }],
    [40235, 'another number of the symmetric key', { symmetricKey: { ...SYMMETRIC_KEY, sn: '1' } }],
    [40233, 'a path that is left out', { paths: [] }],
  ])('is errcode %i for %s', async (errcode, _what, change) => {
    const { connect } = await start()
    const secrets = [PRIVATE_KEY, SYMMETRIC_KEY.key]
    const error = await failureOf(connect(change).getUserRiskRank(QUERY), ...secrets)

    expect(error).toMatchObject({ reason: 'misconfigured', errcode })
  })

  it('is errcode 40240 for a wrong clock', async () => {
    const { control, connect } = await start()
    await control.advanceClock(301_000)

    expect(await failureOf(connect().getUserRiskRank(QUERY))).toMatchObject({
      reason: 'misconfigured',
      errcode: 40240,
    })
  })

  it('is errcode 40230 when WeChat requires the number of the public key, which can be configured', async () => {
    const { connect } = await start({ sealing: { requireSerial: true } })
    expect(await failureOf(connect().getUserRiskRank(QUERY))).toMatchObject({ errcode: 40230 })
    const client = connect({ privateKeySn: '97845f6ed842ea860df6fdf65941ff56' })

    expect((await client.getUserRiskRank(QUERY)).rank).toBe(1)
  })

  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  it.each([
    ['symmetricKey must', { symmetricKey: { sn: '1', key: 'c2hvcnQ=' } }],
    ['privateKey is not a PEM key', { privateKey: 'not a key' }],
    [
      'privateKey is not an RSA key',
      { privateKey: curve.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    ],
    ['platformCertificates is', { platformCertificates: [{ sn: '1', certificate: 'not one' }] }],
    ['/wxa/getwxacodeunlimit cannot', { paths: ['/wxa/getwxacodeunlimit'] }],
    ['/sns/jscode2session cannot', { paths: ['/sns/jscode2session'] }],
  ])('fails at once and is named: %s', async (message, change) => {
    const { connect } = await start()
    expect(() => connect(change)).toThrow(message)
  })
})

describe("WeChat's replacement of its certificate", () => {
  it('is reported once while the old certificate works, which then becomes invalid', async () => {
    const { control, connect } = await start()
    const events: WeChatEvent[] = []
    const client = connect({}, { onEvent: (event) => events.push(event) })
    const [newest, old] = await control.changePlatformCertificate({ appid: APP_ID, step: 'begin' })
    await client.getUserRiskRank(QUERY)
    await client.getUserRiskRank(QUERY)

    expect(events.filter(({ type }) => type === 'certificate')).toEqual([
      { type: 'certificate', action: 'deprecated', sn: old?.sn },
    ])
    await control.changePlatformCertificate({ appid: APP_ID, step: 'end' })
    expect(await failureOf(client.getUserRiskRank(QUERY))).toMatchObject({ reason: 'bad_response' })
    const both = [old, newest].filter((certificate) => certificate !== undefined)
    expect((await connect({ platformCertificates: both }).getUserRiskRank(QUERY)).rank).toBe(1)
  })

  it('is not reported when both certificates are configured', async () => {
    const { control, connect } = await start()
    const both = await control.changePlatformCertificate({ appid: APP_ID, step: 'begin' })
    const events: WeChatEvent[] = []
    const onEvent = (event: WeChatEvent) => events.push(event)
    await connect({ platformCertificates: both }, { onEvent }).getUserRiskRank(QUERY)

    expect(events.filter(({ type }) => type === 'certificate')).toEqual([])
  })
})
