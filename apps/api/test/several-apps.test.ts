import { randomBytes } from 'node:crypto'
import type { Simulator } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readToken } from './support/forge-token.ts'
import { AES_KEY, PUSH_TOKEN } from './support/push.ts'
import { runProcess } from './support/start-api-process.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

const OTHER_APP = { appid: 'wx2222222222222222', secret: '22'.repeat(16) }
const APPS = [TEST_APP, OTHER_APP]
/** Both are bound to one Open Platform account, so that a person has one unionid in them. */
const OPEN_PLATFORM = 'company'
const WX_APPS = APPS.map(({ appid, secret }) => `${appid}:${secret}`).join(',')
const templateOf = (id: string) => ({ new_device: { id, fields: { device: 'thing1' } } })
const WX_TEMPLATES = JSON.stringify({
  [TEST_APP.appid]: templateOf('template-here'),
  [OTHER_APP.appid]: templateOf('template-there'),
})
const SERVICE_TOKEN = randomBytes(32).toString('base64')

const named = (appid: string) => ({ 'x-oa-appid': appid })

describe('one API for several mini-programs', () => {
  let simulator: Simulator
  let api: TestApi
  beforeAll(async () => {
    simulator = await startSimulator({
      apps: APPS.map((app) => ({ ...app, openPlatform: OPEN_PLATFORM })),
    })
    api = await startTestApi({
      simulator,
      env: {
        WX_APPS,
        WX_APPID: '',
        WX_SECRET: '',
        WX_TEMPLATES,
        WX_PUSH_TOKEN: PUSH_TOKEN,
        WX_PUSH_AES_KEY: AES_KEY,
        INTERNAL_TOKENS: `reports:${SERVICE_TOKEN}`,
        CONTENT_CHECK: 'off',
        LOGIN_LIMIT_PER_USER: '2',
      },
    })
  })
  afterAll(async () => {
    await api.close()
    await simulator.close()
  })

  const codeOf = async (person: string, appid: string) => {
    await simulator.control.createPerson({ name: person })
    return (await simulator.control.login({ appid, person })).code
  }
  const login = async (person: string, appid: string) =>
    api.call<{ token: string }>('/wx/auth/login_by_weixin', {
      method: 'POST',
      headers: named(appid),
      body: { code: await codeOf(person, appid) },
    })
  const tokenOf = async (person: string, appid: string) => (await login(person, appid)).data.token
  const openidOf = async (person: string, appid: string) => {
    const people = await simulator.control.people()
    return people.find(({ name }) => name === person)?.apps[appid]?.openid ?? ''
  }

  it.each(APPS)(
    'signs a person in to the one that the request names: $appid',
    async ({ appid }) => {
      const answer = await login('named', appid)

      expect(answer).toMatchObject({ status: 200, errno: 0 })
      const { token } = answer.data
      expect(await api.call('/wx/user/index', { token, headers: named(appid) })).toMatchObject({
        errno: 0,
      })
    },
  )

  it('means the first one where a request names none', async () => {
    const code = await codeOf('unnamed', TEST_APP.appid)
    const { data } = await api.login({ code })

    expect(await api.info(data.token)).toMatchObject({ errno: 0 })
    const refused = await api.login({ code: await codeOf('unnamed', OTHER_APP.appid) })
    expect(refused).toMatchObject({ status: 401, errno: 701 })
  })

  it.each(['wx3333333333333333', '', 'touristappid', `${TEST_APP.appid} `.padEnd(400, 'x')])(
    'refuses a request for one that is not configured, before it does anything: %j',
    async (appid) => {
      const code = await codeOf(`lost ${appid.length}`, TEST_APP.appid)
      const options = { method: 'POST', headers: named(appid), body: { code } }

      const answer = await api.call('/wx/auth/login_by_weixin', options)

      expect(answer).toMatchObject({ status: 400, errno: 402 })
      expect(answer.errmsg).toContain('X-OA-Appid')
      expect(await api.login({ code })).toMatchObject({ errno: 0 })
    },
  )

  it('gives one person an account of their own in each, which live and end apart', async () => {
    const here = await tokenOf('both', TEST_APP.appid)
    const there = await tokenOf('both', OTHER_APP.appid)
    expect(readToken(here).payload.sub).not.toBe(readToken(there).payload.sub)

    await api.logoutAll(here)

    const headers = named(OTHER_APP.appid)
    expect(await api.call('/wx/user/index', { token: there, headers })).toMatchObject({ errno: 0 })
  })

  it('takes a token of one for nothing in another, named or not', async () => {
    const token = await tokenOf('trespasser', OTHER_APP.appid)

    for (const headers of [named(TEST_APP.appid), {}]) {
      const answer = await api.call('/wx/user/index', { token, headers })
      expect(answer).toMatchObject({ status: 401, errno: 501 })
    }
    expect(
      await api.call('/wx/user/index', { token, headers: named(OTHER_APP.appid) }),
    ).toMatchObject({ errno: 0 })
  })

  it('counts consents in each by itself, to templates of its own', async () => {
    const tokens = await Promise.all(APPS.map(({ appid }) => tokenOf('agreeing', appid)))
    await api.consents.onPush({
      kind: 'message_consent',
      id: 'push-of-the-other-app',
      appId: OTHER_APP.appid,
      openid: await openidOf('agreeing', OTHER_APP.appid),
      accepted: ['template-there'],
    })

    const read = APPS.map(({ appid }, index) =>
      api.call<{ templates: unknown }>('/wx/notice/consents', {
        headers: named(appid),
        token: tokens[index] ?? '',
      }),
    )
    expect((await Promise.all(read)).map(({ data }) => data.templates)).toEqual([
      [{ kind: 'new_device', id: 'template-here', left: 0 }],
      [{ kind: 'new_device', id: 'template-there', left: 1 }],
    ])
  })

  it('counts sign-ins in each by itself', async () => {
    for (const { appid } of APPS) {
      for (const errno of [0, 0, 706]) {
        expect(await login('eager', appid)).toMatchObject({ errno })
      }
    }
  })

  it('lets two use the same code at once: a code is one of its mini-program', async () => {
    const code = await codeOf('twice', TEST_APP.appid)
    const post = (appid: string) =>
      api.call('/wx/auth/login_by_weixin', {
        method: 'POST',
        headers: named(appid),
        body: { code },
      })

    const [rightful, foreign] = await Promise.all(APPS.map(({ appid }) => post(appid)))

    expect(rightful).toMatchObject({ errno: 0 })
    expect(foreign).toMatchObject({ errno: 701, errmsg: '登录凭证无效，请重新登录' })
  })

  it('remembers nobody as invited by a card of another one', async () => {
    const token = await tokenOf('sharer', TEST_APP.appid)
    const { data } = await api.call<{ shareId: string }>('/wx/user/share', { token })
    const body = { code: await codeOf('guest', OTHER_APP.appid), shareId: data.shareId }

    const headers = named(OTHER_APP.appid)
    await api.call('/wx/auth/login_by_weixin', { method: 'POST', headers, body })

    const ignored = api.logs.lines().filter(({ msg }) => msg === 'a share id was ignored')
    expect(ignored).toHaveLength(1)
  })

  it('binds the number of one to the account there alone, with a budget in each', async () => {
    const person = 'caller'
    await simulator.control.createPerson({ name: person, phone: '13612345679' })
    for (const { appid } of APPS) {
      const { code: phoneCode } = await simulator.control.phoneCode({ appid, person })
      const body = { code: await codeOf(person, appid), phoneCode }
      const post = { method: 'POST', body, headers: named(appid) }
      expect(await api.call('/wx/auth/login_by_phone', post)).toMatchObject({ errno: 0 })
    }
    const { code: foreign } = await simulator.control.phoneCode({ appid: TEST_APP.appid, person })
    const token = await tokenOf(person, OTHER_APP.appid)
    const bind = { method: 'POST', token, headers: named(OTHER_APP.appid) }
    const answer = await api.call('/wx/auth/bind_phone', { ...bind, body: { code: foreign } })
    expect(answer).toMatchObject({ errno: 718 })
  })

  it('acts on what WeChat pushes at the address of one for the users of that one alone', async () => {
    const person = 'leaver'
    const tokens = await Promise.all(APPS.map(({ appid }) => tokenOf(person, appid)))
    const [here = '', there = ''] = tokens
    const push = { token: PUSH_TOKEN, encodingAESKey: AES_KEY, mode: 'safe' } as const
    const leave = async (path: string) => {
      const { appid } = OTHER_APP
      await simulator.control.changeApp({ appid, push: { url: api.url + path, ...push } })
      const event = 'user_authorization_cancellation'
      const [delivery] = await simulator.control.userEvent({ appid, person, event })
      return delivery?.attempts.at(-1)?.status
    }

    expect(await leave('/wx/push')).toBe(401)
    expect(await leave(`/wx/push/${TEST_APP.appid}`)).toBe(401)
    expect(await leave('/wx/push/wx3333333333333333')).toBe(404)
    expect(await leave(`/wx/push/${OTHER_APP.appid}`)).toBe(200)

    expect(await api.info(here)).toMatchObject({ errno: 0 })
    const headers = named(OTHER_APP.appid)
    expect(await api.call('/wx/user/index', { token: there, headers })).toMatchObject({
      errno: 704,
    })
  })

  it('lets another service of the company work for the one that it names, with its users alone', async () => {
    const token = await tokenOf('served', OTHER_APP.appid)
    const publicId = String(readToken(token).payload.sub)
    const find = (appid: string) =>
      api.call(`/internal/wechat/openid/${publicId}`, {
        headers: { ...named(appid), 'x-oa-service-token': SERVICE_TOKEN },
      })

    expect(await find(OTHER_APP.appid)).toMatchObject({
      data: { openid: await openidOf('served', OTHER_APP.appid) },
    })
    expect(await find(TEST_APP.appid)).toMatchObject({ status: 404, errno: 708 })
  })

  it('tells an operator which accounts are one person, and does not guess which is meant', async () => {
    for (const { appid } of APPS) await tokenOf('union', appid)
    const openid = await openidOf('union', OTHER_APP.appid)
    const cli = (...words: string[]) => runProcess('cli.ts', api.env, ['user', ...words])

    const found = await cli('find', '--openid', openid, '--appid', OTHER_APP.appid)
    expect(found).toMatchObject({ code: 0, stderr: '' })
    const lines = found.stdout.trim().split('\n')
    expect(lines.slice(1).map((line) => line.split('  ')[0])).toEqual(
      APPS.map(({ appid }) => appid),
    )
    expect(lines[2]).toContain(openid)

    expect(await cli('freeze', '--openid', openid)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`--appid is missing: one of ${TEST_APP.appid}, `),
    })
    expect(await cli('freeze', '--openid', openid, '--appid', 'wx3333333333333333')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--appid is not one of'),
    })
    const yes = ['--appid', OTHER_APP.appid, '--yes']
    expect(await cli('freeze', '--openid', openid, ...yes)).toMatchObject({ code: 0 })
    expect(await login('union', OTHER_APP.appid)).toMatchObject({ errno: 704 })
    expect(await login('union', TEST_APP.appid)).toMatchObject({ errno: 0 })
  })
})
