import { createHmac } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, receive } from '../../peers/node-easywechat.ts'
import { ENCODING_AES_KEY, PUSH_TOKEN, useReceiver } from '../receiver.ts'
import { APP } from '../support.ts'
import { OPENID, PNG_BYTES, useFixture } from './fixture.ts'

const startFixture = useFixture()
const startReceiver = useReceiver()
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'easywechat-'))
})
afterAll(() => rm(root, { recursive: true }))

const start = async (stable = false) => {
  const fixture = await startFixture()
  const folder = await mkdtemp(join(root, 'a'))
  const app = createApp({ ...fixture, stable, folder })
  const post = async (path: string, json: object): Promise<Record<string, unknown>> =>
    (await app.getClient().postJson(path, json)).toObject()
  const get = async (path: string, params: object): Promise<Record<string, unknown>> =>
    (await app.getClient().get(path, { params })).toObject()

  return { ...fixture, folder, app, post, get }
}

describe('signing in', () => {
  it('returns openid and session_key, and reports a used code in the text of an error', async () => {
    const { app, login } = await start()
    const code = await login()
    expect(await app.getUtils().codeToSession(code)).toMatchObject({ openid: OPENID })
    await expect(app.getUtils().codeToSession(code)).rejects.toThrow('"errcode":40163')
  })

  it('decrypts user data with the session_key of that person', async () => {
    const { app, login, control, alice } = await start()
    const { session_key } = await app.getUtils().codeToSession(await login())
    const open = ({ iv, encryptedData }: { iv: string; encryptedData: string }) =>
      app.getUtils().decryptSession(session_key, iv, encryptedData)

    expect(open(await control.userInfo(alice))).toMatchObject({ openId: OPENID })
    const { encryptedData = '', iv = '' } = await control.phoneCode(alice)
    expect(open({ encryptedData, iv })).toMatchObject({ purePhoneNumber: '13800138000' })
  })

  it('proves that it holds a session_key', async () => {
    const { app, login, get } = await start()
    const { openid, session_key } = await app.getUtils().codeToSession(await login())
    const signature = createHmac('sha256', session_key).update('').digest('hex')
    const proof = { openid, signature, sig_method: 'hmac_sha256' }

    expect(await get('wxa/checksession', proof)).toMatchObject({ errcode: 0 })
    expect(await get('wxa/resetusersessionkey', proof)).toMatchObject({ openid })
    expect(await get('wxa/checksession', proof)).toMatchObject({ errcode: 87009 })
  })
})

describe('its access_token', () => {
  it.each([
    [false, '/cgi-bin/token'],
    [true, '/cgi-bin/stable_token'],
  ])(
    'is fetched once, with use_stable_access_token %s from %s, and kept in a file named by the secret',
    async (stable, path) => {
      const { app, folder, control, post } = await start(stable)
      for (const content of ['1', '2']) {
        const message = { touser: OPENID, msgtype: 'text', text: { content } }
        expect(await post('cgi-bin/message/custom/send', message)).toMatchObject({ errcode: 0 })
      }
      expect(await control.calls({ path })).toHaveLength(1)
      const [file = ''] = await readdir(folder)
      expect(await readFile(join(folder, file), 'utf8')).toContain(
        await app.getAccessToken().getToken(),
      )
      expect(file).toContain(APP.secret)
    },
  )

  it('is not replaced when WeChat refuses it: that is left to the application', async () => {
    const { control, post } = await start()
    const send = () =>
      post('wxa/msg_sec_check', { version: 2, openid: OPENID, scene: 2, content: 'a' })
    expect(await send()).toMatchObject({ errcode: 0 })
    await control.advanceClock(7_300_000)

    expect(await send()).toMatchObject({ errcode: 42001 })
    expect(await control.calls({ path: '/cgi-bin/token' })).toHaveLength(1)
  })
})

describe('its calls', () => {
  it('return a phone number, once per code', async () => {
    const { control, alice, post } = await start()
    const { code } = await control.phoneCode(alice)
    const path = 'wxa/business/getuserphonenumber'

    expect(await post(path, { code })).toMatchObject({
      phone_info: { purePhoneNumber: '13800138000', watermark: { appid: APP.appid } },
    })
    expect(await post(path, { code })).toMatchObject({ errcode: 40029 })
  })

  it('return verdicts on texts, files and people', async () => {
    const { control, post } = await start()
    await control.addVerdict({ contains: '广告', suggest: 'risky', label: 10001 })
    const person = { version: 2, openid: OPENID, scene: 2 }
    const judge = (content: string) => post('wxa/msg_sec_check', { ...person, content })

    expect(await judge('你好')).toMatchObject({ result: { suggest: 'pass' } })
    expect(await judge('广告')).toMatchObject({ result: { suggest: 'risky', label: 10001 } })
    const file = { ...person, media_url: 'https://files.example/a.png', media_type: 2 }
    expect(await post('wxa/media_check_async', file)).toHaveProperty('trace_id')
    const query = { appid: APP.appid, openid: OPENID, scene: 0, client_ip: '203.0.113.9' }
    expect(await post('wxa/getuserriskrank', query)).toHaveProperty('risk_rank')
  })

  it('create codes and links', async () => {
    const { app, post } = await start()
    const image = await app
      .getClient()
      .postJson('wxa/getwxacodeunlimit', { scene: 'a=1' }, { responseType: 'arraybuffer' })
    expect(image.getContent().subarray(0, 4)).toEqual(PNG_BYTES.subarray(0, 4))
    const refused = await post('wxa/getwxacodeunlimit', { scene: 'a=1', page: 'pages/none' })
    expect(refused).toMatchObject({ errcode: 41030 })
    const link = { path: '/pages/index', is_expire: true, expire_type: 1, expire_interval: 1 }
    expect(await post('wxa/generate_urllink', link)).toHaveProperty('url_link')
  })

  it('send one subscription message for one consent', async () => {
    const { post } = await start()
    const message = { touser: OPENID, template_id: 'T1', data: { thing1: { value: '周会' } } }
    const send = () => post('cgi-bin/message/subscribe/send', message)

    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await send()).toMatchObject({ errcode: 43101 })
  })

  it('answer a person with a picture', async () => {
    const { app, get, post } = await start()
    const path = join(root, 'a.png')
    await writeFile(path, PNG_BYTES)
    const upload = app.getClient().withFile(path, 'media')
    const { media_id } = (
      await upload.post('cgi-bin/media/upload', { params: { type: 'image' } })
    ).toObject()
    const message = { touser: OPENID, msgtype: 'image', image: { media_id } }
    expect(await post('cgi-bin/message/custom/send', message)).toMatchObject({ errcode: 0 })

    const options = { params: { media_id }, responseType: 'arraybuffer' } as const
    const file = await app.getClient().get('cgi-bin/media/get', options)
    expect(file.getContent()).toEqual(PNG_BYTES)
    expect(await get('cgi-bin/media/get', { media_id: 'none' })).toMatchObject({ errcode: 40007 })
  })
})

describe('its receiver', () => {
  const settings = (keys: string[]) => ({
    baseUrl: 'http://127.0.0.1:9',
    appid: APP.appid,
    secret: APP.secret,
    folder: root,
    push: { token: PUSH_TOKEN, encodingAESKeys: keys },
  })
  const push = async (mode: 'plain' | 'compat' | 'safe', format: 'xml' | 'json') => {
    const { received, url } = await startReceiver()
    const target = { url, token: PUSH_TOKEN, mode, format, encodingAESKey: ENCODING_AES_KEY }
    const { control, alice } = await startFixture({ apps: [{ ...APP, push: target }] })
    await control.userMessage({ ...alice, content: '你好 <b>&' })
    const { query = {}, body = '' } = received.findLast(({ body: text }) => text !== '') ?? {}

    return receive(settings([ENCODING_AES_KEY]), { query, headers: {}, body })
  }

  it.each([
    ['plain', 'xml'],
    ['plain', 'json'],
    ['compat', 'xml'],
    ['safe', 'xml'],
  ] as const)('receives a message in mode %s as %s', async (mode, format) => {
    const { status, body, messages } = await push(mode, format)
    expect([status, body]).toEqual([200, 'success'])
    expect(messages).toMatchObject([
      { MsgType: 'text', FromUserName: OPENID, Content: '你好 <b>&' },
    ])
  })

  it('cannot read JSON in safe mode: it reads what was encrypted as XML', async () => {
    await expect(push('safe', 'json')).rejects.toThrow()
  })

  it('echoes every verification of its address, signed or not', async () => {
    const query = { signature: 'forged', timestamp: '1', nonce: '1', echostr: '42' }
    const asked = { query, headers: {}, body: '' }
    expect(await receive(settings([]), asked, 'GET')).toMatchObject({ body: '42' })
  })
})

it('does not load by its name', () => {
  const require = createRequire(import.meta.url)
  expect(() => require('node-easywechat')).toThrow(/node-socialite\/dist\/Core\/ProviderInterface/)
})
