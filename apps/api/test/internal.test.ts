import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readToken } from './support/forge-token.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const { appid } = TEST_APP
const TOKENS = { billing: drawToken(), billingNext: drawToken(), meetings: drawToken() }
const INTERNAL_TOKENS = [
  `billing:${TOKENS.billing}`,
  `billing:${TOKENS.billingNext}`,
  `meetings:${TOKENS.meetings}`,
].join(',')
const UNKNOWN_ID = '01938a5e-7c1d-4000-8000-000000000001'
const TEMPLATE = 'template-of-meetings'

describe('the internal API', () => {
  let api: TestApi
  let billing: ReturnType<typeof serviceCalls>
  beforeAll(async () => {
    api = await startTestApi({ env: { INTERNAL_TOKENS, TRUST_PROXY: '127.0.0.0/8' } })
    billing = serviceCalls(api, TOKENS.billing)
    await api.simulator.control.addTemplate({
      appid,
      templateId: TEMPLATE,
      fields: ['thing1', 'time2'],
    })
  })
  afterAll(() => api.close())

  const publicIdOf = async (person: string) => {
    const { token } = await api.signIn(person)
    return String(readToken(token).payload.sub)
  }
  const consent = (person: string) =>
    api.simulator.control.requestSubscribe({ appid, person, tmplIds: [TEMPLATE] })
  const message = (publicId: string) => ({
    publicId,
    templateId: TEMPLATE,
    data: { thing1: '周会', time2: '2026-11-21 15:00' },
  })

  it('gives every service the same access_token, which WeChat accepts', async () => {
    const answers = [
      await billing.accessToken(),
      await serviceCalls(api, TOKENS.meetings).accessToken(),
    ]

    const [first, second] = answers.map(({ data }) => data)
    expect(second?.access_token).toBe(first?.access_token)
    expect(first?.expires_in).toBeGreaterThan(6_000)
    expect(first?.expires_in).toBeLessThanOrEqual(7_200)
    const url = `${api.simulator.url}/wxa/getwxacodeunlimit?access_token=${first?.access_token}`
    const used = await fetch(url, { method: 'POST', body: '{"scene":"a"}' })
    expect(used.headers.get('content-type')).toMatch(/^image/)
    const issued = await api.simulator.control.calls({ path: '/cgi-bin/stable_token' })
    expect(issued).toHaveLength(1)
  })

  it('returns the openid of a user, and 404 for an unknown one', async () => {
    const publicId = await publicIdOf('known')

    expect(await billing.openid(publicId)).toMatchObject({
      data: { openid: await openidOf(api, 'known'), unionid: null, disabled: false },
    })
    expect(await billing.openid(UNKNOWN_ID)).toMatchObject({ status: 404, errno: 708 })
    expect(await billing.openid('oAbC')).toMatchObject({ status: 400, errno: 401 })
  })

  it('reports a frozen user as disabled', async () => {
    const publicId = await publicIdOf('frozen')
    await api.accounts.freeze({ publicId })

    expect((await billing.openid(publicId)).data.disabled).toBe(true)
  })

  it('sends a subscription message once for each consent', async () => {
    const publicId = await publicIdOf('subscriber')
    await consent('subscriber')

    expect(await billing.subscribeMessage(message(publicId))).toMatchObject({ errno: 0 })

    const [sent] = (await api.simulator.control.messages()).slice(-1)
    expect(JSON.stringify(sent)).toContain('周会')
    expect(await billing.subscribeMessage(message(publicId))).toMatchObject({
      status: 409,
      errno: 719,
    })
  })

  it('refuses a message with the errno of what is wrong with it', async () => {
    const publicId = await publicIdOf('mistaken')
    await consent('mistaken')
    const wrong = { ...message(publicId), templateId: 'no-such-template' }

    expect(await billing.subscribeMessage(wrong)).toMatchObject({ status: 400, errno: 402 })
    expect(await billing.subscribeMessage({ ...wrong, openid: 'oX' })).toMatchObject({ errno: 401 })
    expect(await billing.subscribeMessage(message(UNKNOWN_ID))).toMatchObject({ errno: 708 })
  })

  it('sends a customer service message only to a user who has written first', async () => {
    const publicId = await publicIdOf('writer')
    const hello = { publicId, message: { type: 'text', content: '你好' } }

    expect(await billing.customMessage(hello)).toMatchObject({ status: 409, errno: 719 })
    await api.simulator.control.userMessage({ appid, person: 'writer', content: '在吗' })
    expect(await billing.customMessage(hello)).toMatchObject({ errno: 0 })
  })

  it('answers 503 while WeChat is unavailable', async () => {
    const publicId = await publicIdOf('unlucky')
    await consent('unlucky')
    const path = '/cgi-bin/message/subscribe/send'
    await api.simulator.control.addFault({ path, html: true, times: 2 })

    const answer = await billing.subscribeMessage(message(publicId))

    expect(answer).toMatchObject({ status: 503, errno: 702 })
    expect(answer.text).not.toContain('html')
    await api.simulator.control.clearFaults()
  })

  it('accepts both tokens of a service during a rotation', async () => {
    expect(await serviceCalls(api, TOKENS.billingNext).accessToken()).toMatchObject({ errno: 0 })
  })

  it.each([null, '', 'x', TOKENS.billing.slice(0, -1), `${TOKENS.billing}=`, 'x'.repeat(5_000)])(
    'refuses the service token %s on every route',
    async (token) => {
      const calls = serviceCalls(api, token, `2001:db8:${token?.length ?? 1}::1`)
      const answers = [
        await calls.accessToken(),
        await calls.openid(UNKNOWN_ID),
        await calls.subscribeMessage({}),
        await calls.customMessage({}),
      ]
      for (const { status, errno } of answers) expect([status, errno]).toEqual([401, 501])
    },
  )

  it('refuses the token of a user', async () => {
    const { token } = await api.signIn('curious')
    const answer = await api.call('/internal/wechat/access_token', { method: 'POST', token })
    expect(answer).toMatchObject({ status: 401, errno: 501 })
  })

  it('gives a service no access to the routes for users', async () => {
    const headers = { 'x-oa-service-token': TOKENS.billing }
    expect(await api.call('/wx/user/index', { headers })).toMatchObject({ errno: 501 })
  })

  it('writes a login event and a log line with the name of the service for every call', async () => {
    const publicId = await publicIdOf('audited')
    await billing.openid(publicId)
    await billing.openid(UNKNOWN_ID)
    const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
    const rows = database
      .prepare(
        `SELECT e.kind, e.outcome, u.public_id AS public_id FROM login_event e
         LEFT JOIN wx_user u ON u.id = e.user_id
         WHERE e.user_agent = 'service billing' ORDER BY e.id DESC LIMIT 2`,
      )
      .all()
    database.close()

    expect(rows).toEqual([
      { kind: 'service_refused', outcome: 'NOT_FOUND', public_id: null },
      { kind: 'service_call', outcome: 'openid', public_id: publicId },
    ])
    expect(api.logs.lines().filter(({ service }) => service === 'billing').length).toBeGreaterThan(
      2,
    )
  })
})

describe('the configuration of the internal API', () => {
  it('limits each service by itself, with TOO_MANY_REQUESTS', async () => {
    const env = { INTERNAL_TOKENS, INTERNAL_LIMIT_PER_MINUTE: '2' }
    const api = await startTestApi({ env })
    const [billing, billingNext, meetings] = [
      TOKENS.billing,
      TOKENS.billingNext,
      TOKENS.meetings,
    ].map((token) => serviceCalls(api, token))
    await billing?.openid(UNKNOWN_ID)
    await billingNext?.openid(UNKNOWN_ID)

    const refused = await billing?.openid(UNKNOWN_ID)

    expect(refused).toMatchObject({ status: 429, errno: 706 })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await meetings?.openid(UNKNOWN_ID)).toMatchObject({ errno: 708 })
    await api.close()
  })

  it('switches the routes off when no token is set', async () => {
    const api = await startTestApi()
    expect(await serviceCalls(api, TOKENS.billing).accessToken()).toMatchObject({
      status: 404,
      errno: 503,
    })
    await api.close()
  })
})
