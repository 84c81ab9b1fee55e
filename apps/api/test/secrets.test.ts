import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from './support/client.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import { callsOf } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import { AES_KEY, PUSH_TOKEN, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { drawKeys, openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const PATH = '/sns/jscode2session'
const JWT_KEYS = drawKeys('canary-jwt')
const SESSION_KEYS = drawKeys('canary-seal')
const OPENID = 'oCANARYopenid000000000000000'
const UNIONID = 'oCANARYunionid00000000000000'
const SESSION_KEY = 'Q0FOQVJZc2Vzc2lvbmtleQ=='
const PHONE = '13987654321'
const OWN_PHONE = '13912345678'
const OWN_NAME = '想走的金丝雀'
const SERVICE_TOKEN = drawToken()
const NOTE = 'canary note of an operator'
const UPSTREAM_TEXT = 'canary text of WeChat'

describe('secrets', () => {
  let api: TestApi
  const answers: string[] = []
  const tokens: string[] = []
  const codes: string[] = []
  const accessTokens: string[] = []

  beforeAll(async () => {
    const push = { WX_PUSH_TOKEN: PUSH_TOKEN, WX_PUSH_AES_KEY: AES_KEY }
    const env = { JWT_KEYS, SESSION_KEYS, ...push, INTERNAL_TOKENS: `canary:${SERVICE_TOKEN}` }
    api = await startTestApi({ env, expectErrors: [/WX_APPID/] })
    const record: typeof fetch = async (...request) => {
      const response = await fetch(...request)
      answers.push(await response.clone().text(), JSON.stringify([...response.headers]))
      return response
    }
    const client = createClient(api.url, record)
    await useEverything(client)
    await usePhones({ ...api, ...client })
    await useOwnData({ ...api, ...client })
    await useServices({ ...api, ...client })
  })
  afterAll(() => api.close())

  const answerWith = (body: object) =>
    api.simulator.control.addFault({ path: PATH, status: 200, body: JSON.stringify(body) })
  const newCode = async (person: string) => {
    const code = await api.codeOf(person)
    codes.push(code)
    return code
  }

  const useEverything = async (client: ReturnType<typeof createClient>) => {
    await answerWith({ openid: OPENID, unionid: UNIONID, session_key: SESSION_KEY })
    const { token } = (await client.login({ code: await newCode('canary') })).data
    tokens.push(token)
    await client.info(token)
    await client.sessions(token)
    await client.call('/wx/user/index', { token })
    await client.call(`/wx/auth/info?token=${token}&code=${codes[0]}`, { token: `${token}x` })
    await client.call(`/wx/none/${token}`, { headers: { authorization: `Bearer ${token}` } })
    await client.call('/wx/auth/login_by_weixin', {
      method: 'POST',
      body: { code: codes[0], x: token },
    })
    await client.login({ code: codes[0] ?? '' })
    for (const errcode of [-1, 40013, 40125, 40226, 45011, 99999]) {
      await api.simulator.control.addFault({
        path: PATH,
        times: 2,
        errcode,
        errmsg: UPSTREAM_TEXT,
      })
      await client.login({ code: await newCode('canary') })
      await api.simulator.control.clearFaults()
    }
    await api.simulator.control.addFault({ path: PATH, status: 200, body: `<html>${SESSION_KEY}` })
    await client.login({ code: await newCode('canary') })
    await client.logoutAll(token)
    await answerWith({ openid: OPENID, unionid: UNIONID, session_key: SESSION_KEY })
    const again = (await client.login({ code: await newCode('canary') })).data.token
    tokens.push(again)
    await client.call('/wx/user/data', { token: again })
  }

  /** Exports own data, closes the account, and sends requests that are refused. */
  const useOwnData = async (recorded: TestApi) => {
    await api.simulator.control.createPerson({ name: 'own-canary', phone: OWN_PHONE })
    const body = { code: await newCode('own-canary'), userInfo: { nickName: OWN_NAME } }
    const { token } = (await recorded.login(body)).data
    tokens.push(token)
    await phoneTools(recorded).bindByCode(token, 'own-canary')
    const own = callsOf(recorded)
    await own.ask(token)
    await own.close(token, { confirm: OWN_PHONE })
    await own.close(token)
    await own.ask(token)
    await own.close(token)
  }

  /** Binds numbers, has bindings refused, lets WeChat fail, and wipes a profile by a push. */
  const usePhones = async (recorded: TestApi) => {
    const { control } = api.simulator
    const phones = phoneTools(recorded)
    const token = await phones.signInWithPhone('phone-canary', PHONE)
    tokens.push(token)
    const { code: phoneCode } = await phones.tap('phone-canary')
    codes.push(phoneCode)
    for (const _ of ['first', 'again']) {
      const signedIn = await phones.loginByPhone({ code: await newCode('phone-canary'), phoneCode })
      tokens.push(signedIn.data.token)
    }
    const { code, encryptedData, iv } = await phones.tap('phone-canary')
    codes.push(code)
    for (const proof of [
      { code },
      { code },
      { encryptedData, iv },
      { encryptedData, iv: 'AAAA' },
    ]) {
      await phones.bind(token, proof)
    }
    for (const fault of [{ html: true }, { wrongTypes: true }, { truncate: true }]) {
      await control.addFault({ path: '/wxa/business/getuserphonenumber', ...fault })
      await phones.bindByCode(token, 'phone-canary')
    }
    await phones.mobileOf(token)
    const rival = await phones.signInWithPhone('rival-canary', PHONE)
    tokens.push(rival)
    await phones.bindByCode(rival, 'rival-canary')
    await pushTo(api, { mode: 'safe', encodingAESKey: AES_KEY })
    await control.userEvent({
      appid: TEST_APP.appid,
      person: 'phone-canary',
      event: 'user_authorization_revoke',
    })
  }

  const useServices = async (recorded: TestApi) => {
    const service = serviceCalls(recorded, SERVICE_TOKEN)
    accessTokens.push((await service.accessToken()).data.access_token)
    await service.openid('01938a5e-7c1d-4000-8000-000000000001')
    await serviceCalls(recorded, `${SERVICE_TOKEN}x`).accessToken()
    const openid = await openidOf(api, 'rival-canary')
    await api.accounts.freeze({ appId: TEST_APP.appid, openid }, { note: NOTE })
    await recorded.info(tokens.at(-1) ?? '')
  }

  const planted = () => ({
    code: codes,
    token: tokens,
    'signature of the token': tokens.map((token) => token.split('.')[2] ?? ''),
    session_key: [SESSION_KEY],
    'phone number': [PHONE, OWN_PHONE],
    access_token: accessTokens,
    'service token': [SERVICE_TOKEN],
    'push token': [PUSH_TOKEN],
    'push AES key': [AES_KEY],
    AppSecret: [TEST_APP.secret],
    'key that signs tokens': [keyOf(JWT_KEYS)],
    'key that seals session_key': [keyOf(SESSION_KEYS)],
    openid: [OPENID],
    unionid: [UNIONID],
    'text of a WeChat error': [UPSTREAM_TEXT],
    'URL of WeChat': [api.simulator.url],
    'data folder': [api.folder],
  })

  it('do not appear in the log, even at level trace', () => {
    const logged = api.logs.text()
    expect(logged.length).toBeGreaterThan(1_000)
    for (const [name, values] of Object.entries({ ...planted(), note: [NOTE], name: [OWN_NAME] })) {
      for (const value of values) expect(logged.includes(value), name).toBe(false)
    }
  })

  it('do not appear in responses, except what belongs to the caller in the response to that caller', () => {
    const ownedByCaller = [
      ...tokens.map((token) => `"token":"${token}"`),
      ...accessTokens.map((token) => `"access_token":"${token}"`),
      ...[`"openid":"${OPENID}"`, `"unionid":"${UNIONID}"`, `"phone":"86-${OWN_PHONE}"`],
    ]
    const answered = ownedByCaller.reduce((text, one) => text.replace(one, ''), answers.join('\n'))
    expect(answered.length).toBeGreaterThan(1_000)
    for (const [name, values] of Object.entries({ ...planted(), note: [NOTE] })) {
      for (const value of values) expect(answered.includes(value), name).toBe(false)
    }
  })

  it('do not appear in the database, except openid, unionid and phone number', async () => {
    const files = ['oa.db', 'oa.db-wal'].map((name) => readFile(join(api.folder, name), 'latin1'))
    const stored = (await Promise.allSettled(files))
      .map((file) => (file.status === 'fulfilled' ? file.value : ''))
      .join('')
    expect(stored).toContain(OPENID)
    const { openid: _openid, unionid: _unionid, 'phone number': _phone, ...secret } = planted()
    for (const [name, values] of Object.entries(secret)) {
      for (const value of values) expect(stored.includes(value), name).toBe(false)
    }
  })
})

const keyOf = (ring: string) => ring.split(':')[1] ?? ''
