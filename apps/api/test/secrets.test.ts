import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from './support/client.ts'
import type { TestApi } from './support/start-test-api.ts'
import { drawKeys, startTestApi, TEST_APP } from './support/start-test-api.ts'

const PATH = '/sns/jscode2session'
const JWT_KEYS = drawKeys('canary-jwt')
const SESSION_KEYS = drawKeys('canary-seal')
const OPENID = 'oCANARYopenid000000000000000'
const UNIONID = 'oCANARYunionid00000000000000'
const SESSION_KEY = 'Q0FOQVJZc2Vzc2lvbmtleQ=='
const UPSTREAM_WORDS = 'canary words of WeChat'

describe('secrets', () => {
  let api: TestApi
  const answers: string[] = []
  const tokens: string[] = []
  const codes: string[] = []

  beforeAll(async () => {
    api = await startTestApi({ env: { JWT_KEYS, SESSION_KEYS }, expectErrors: [/WX_APPID/] })
    const record: typeof fetch = async (...request) => {
      const response = await fetch(...request)
      answers.push(await response.clone().text(), JSON.stringify([...response.headers]))
      return response
    }
    await useEverything(createClient(api.url, record))
  })
  afterAll(() => api.close())

  const answerWith = (body: object) =>
    api.simulator.control.addFault({ path: PATH, status: 200, body: JSON.stringify(body) })
  const draw = async (person: string) => {
    const code = await api.codeOf(person)
    codes.push(code)
    return code
  }

  const useEverything = async (client: ReturnType<typeof createClient>) => {
    await answerWith({ openid: OPENID, unionid: UNIONID, session_key: SESSION_KEY })
    const { token } = (await client.login({ code: await draw('canary') })).data
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
        errmsg: UPSTREAM_WORDS,
      })
      await client.login({ code: await draw('canary') })
      await api.simulator.control.clearFaults()
    }
    await api.simulator.control.addFault({ path: PATH, status: 200, body: `<html>${SESSION_KEY}` })
    await client.login({ code: await draw('canary') })
    await client.logoutAll(token)
  }

  const planted = () => ({
    code: codes,
    token: tokens,
    'signature of the token': tokens.map((token) => token.split('.')[2] ?? ''),
    session_key: [SESSION_KEY],
    AppSecret: [TEST_APP.secret],
    'key of tokens': [keyOf(JWT_KEYS)],
    'key of seals': [keyOf(SESSION_KEYS)],
    openid: [OPENID],
    unionid: [UNIONID],
    "WeChat's own words": [UPSTREAM_WORDS],
    'URL of WeChat': [api.simulator.url],
    path: [api.folder],
  })

  it('are nowhere in what is logged at trace', () => {
    const logged = api.logs.text()
    expect(logged.length).toBeGreaterThan(1_000)
    for (const [name, values] of Object.entries(planted())) {
      for (const value of values) expect(logged.includes(value), name).toBe(false)
    }
  })

  it('are nowhere in what is answered, but for the token in the answer to its sign-in', () => {
    const answered = answers.join('\n').replace(`"token":"${tokens[0]}"`, '')
    expect(answered.length).toBeGreaterThan(1_000)
    for (const [name, values] of Object.entries(planted())) {
      for (const value of values) expect(answered.includes(value), name).toBe(false)
    }
  })

  it('are nowhere in the database, but for who the person is', async () => {
    const files = ['oa.db', 'oa.db-wal'].map((name) => readFile(join(api.folder, name), 'latin1'))
    const stored = (await Promise.allSettled(files))
      .map((file) => (file.status === 'fulfilled' ? file.value : ''))
      .join('')
    expect(stored).toContain(OPENID)
    const { openid: _openid, unionid: _unionid, ...secret } = planted()
    for (const [name, values] of Object.entries(secret)) {
      for (const value of values) expect(stored.includes(value), name).toBe(false)
    }
  })
})

const keyOf = (ring: string) => ring.split(':')[1] ?? ''
