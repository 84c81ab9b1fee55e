import {
  constants,
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { APP_ID, answering, failureOf, useServers } from './support.ts'

const PATH = '/wxa/getuserriskrank'
const URL_PATH = `https://api.weixin.qq.com${PATH}`
const SYMMETRIC = {
  sn: 'fa05fe1e5bcc79b81ad5ad4b58acf787',
  key: randomBytes(32).toString('base64'),
}
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = { type: 'spki', format: 'pem' } as const

const OPTIONS = {
  paths: [PATH],
  symmetricKey: SYMMETRIC,
  privateKey: ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  platformCertificates: [{ sn: 'ABC1', certificate: platform.publicKey.export(pem).toString() }],
}
const QUERY = { openid: 'oPerson', scene: 0, clientIp: '203.0.113.9' } as const

/** What WeChat makes of a secured call: its inner fields, once signature and encryption are right. */
const openCall = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const body = await text(request)
  const timestamp = request.headers['wechatmp-timestamp']
  const signed = Buffer.from(`${URL_PATH}\n${APP_ID}\n${timestamp}\n${body}`)
  const signature = Buffer.from(String(request.headers['wechatmp-signature']), 'base64')
  if (!verify('sha256', signed, { key: ours.publicKey, ...PSS }, signature))
    throw new Error('40234')
  const { iv, data, authtag } = JSON.parse(body) as Record<string, string>
  const key = Buffer.from(SYMMETRIC.key, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv ?? '', 'base64'))
    .setAAD(Buffer.from(`${URL_PATH}|${APP_ID}|${timestamp}|${SYMMETRIC.sn}`))
    .setAuthTag(Buffer.from(authtag ?? '', 'base64'))

  return JSON.parse(decipher.update(data ?? '', 'base64', 'utf8') + decipher.final('utf8'))
}

type Change = { appId?: string; age?: number; serial?: string; body?: string; suffix?: string }

/** The headers and body of WeChat's signed and encrypted answer. */
const sealAnswer = (
  fields: object,
  { appId = APP_ID, age = 0, serial = 'abc1', suffix = '', ...change }: Change = {},
) => {
  const timestamp = Math.floor(Date.now() / 1_000) - age
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(SYMMETRIC.key, 'base64'), iv).setAAD(
    Buffer.from(`${URL_PATH}|${appId}|${timestamp}|${SYMMETRIC.sn}`),
  )
  const inner = JSON.stringify({ ...fields, _n: 'x', _appid: appId, _timestamp: timestamp })
  const data = cipher.update(inner, 'utf8', 'base64') + cipher.final('base64')
  const authtag = cipher.getAuthTag().toString('base64')
  const body = JSON.stringify({ iv: iv.toString('base64'), data, authtag })
  const signed = Buffer.from(`${URL_PATH}\n${appId}\n${timestamp}\n${body}`)
  const signature = sign('sha256', signed, { key: platform.privateKey, ...PSS }).toString('base64')
  const other = suffix === '' ? {} : { 'wechatmp-serial': 'NEW', 'wechatmp-signature': signature }

  return {
    body: change.body ?? body,
    headers: {
      ...other,
      'wechatmp-appid': appId,
      'wechatmp-timestamp': String(timestamp),
      [`wechatmp-serial${suffix}`]: serial,
      [`wechatmp-signature${suffix}`]: signature,
    },
  }
}

const REPLY = { errcode: 0, errmsg: 'ok', risk_rank: 1, unoin_id: 5 }

describe('calls that are signed and encrypted', () => {
  const { startHttp, createClient } = useServers()

  const start = async (answer: () => { body: string; headers?: Record<string, string> }) => {
    const opened: Record<string, unknown>[] = []
    const server = await startHttp((request, response) => {
      if (request.url === '/cgi-bin/stable_token') {
        return answering({ access_token: 'T1', expires_in: 7_200 })(request, response)
      }
      void openCall(request).then((fields) => {
        opened.push(fields)
        const { body, headers } = answer()
        answering(body, 200, headers)(request, response)
      })
    })

    return { client: createClient({ baseUrl: server.url, apiSecurity: OPTIONS }), opened, server }
  }

  it('reach WeChat whole, and their answers come back whole', async () => {
    const { client, opened, server } = await start(() => sealAnswer(REPLY))

    expect(await client.getUserRiskRank(QUERY)).toEqual({ rank: 1, queryId: '5' })
    expect(opened).toEqual([
      {
        appid: APP_ID,
        openid: 'oPerson',
        scene: 0,
        client_ip: '203.0.113.9',
        _n: expect.stringMatching(/^.{16,}$/),
        _appid: APP_ID,
        _timestamp: expect.any(Number),
      },
    ])
    expect(server.requests.at(-1)?.url).toBe(`${PATH}?access_token=T1`)
  })

  it('are made anew for each attempt', async () => {
    let attempts = 0
    const busy = { body: JSON.stringify({ errcode: -1, errmsg: 'system error' }) }
    const { client, opened } = await start(() => (attempts++ === 0 ? busy : sealAnswer(REPLY)))
    await client.getUserRiskRank(QUERY)

    expect(new Set(opened.map(({ _n }) => _n)).size).toBe(2)
  })

  it('are answered by the certificate that WeChat is about to give up, too', async () => {
    const { client } = await start(() => sealAnswer(REPLY, { suffix: '-deprecated' }))
    expect((await client.getUserRiskRank(QUERY)).rank).toBe(1)
  })

  it('a refusal comes unsigned', async () => {
    const { client } = await start(() => ({
      body: JSON.stringify({ errcode: 40234, errmsg: 'bad' }),
    }))
    expect(await failureOf(client.getUserRiskRank(QUERY))).toMatchObject({
      reason: 'rejected',
      errcode: 40234,
    })
  })

  it.each<[string, () => { body: string; headers?: Record<string, string> }]>([
    ['unsigned', () => ({ body: JSON.stringify(REPLY) })],
    ['signed with an unknown certificate', () => sealAnswer(REPLY, { serial: 'ABC2' })],
    ['for another appid', () => sealAnswer(REPLY, { appId: 'wx0' })],
    ['old', () => sealAnswer(REPLY, { age: 400 })],
    ['changed', () => sealAnswer(REPLY, { body: '{"iv":"","data":"","authtag":""}' })],
  ])('an answer that is %s is not believed', async (_what, answer) => {
    const { client } = await start(answer)
    expect(await failureOf(client.getUserRiskRank(QUERY))).toMatchObject({ reason: 'bad_response' })
  })

  it.each([
    ['symmetricKey', { symmetricKey: { sn: '1', key: 'c2hvcnQ=' } }],
    ['privateKey', { privateKey: 'not a key' }],
    ['platformCertificates', { platformCertificates: [{ sn: '1', certificate: 'not one' }] }],
  ])('a %s that cannot be read is named', (name, change) => {
    expect(() => createClient({ apiSecurity: { ...OPTIONS, ...change } })).toThrow(name)
  })
})
