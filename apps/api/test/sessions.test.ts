import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { eventually } from './support/eventually.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'
import { writePlaces } from './support/write-places.ts'

const DAY_MS = 86_400_000
const UNLOGIN = { status: 401, errno: 501 }
/** Ended on purpose from another device: a client must not sign in again by itself. */
const SESSION_ENDED = { status: 401, errno: 714 }

describe('sessions', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())
  afterEach(() => {
    vi.useRealTimers()
  })

  it('are listed newest first, with the current one marked', async () => {
    const phone = await api.signIn('lister', { deviceName: 'iPhone 15' })
    const tablet = await api.signIn('lister', { deviceName: '平板' })

    const { sessions } = (await api.sessions(phone.token)).data

    expect(sessions.map(({ deviceName, current }) => [deviceName, current])).toEqual([
      ['平板', false],
      ['iPhone 15', true],
    ])
    expect(sessions[0]?.ip).toBe('127.0.0.1')
    expect(tablet.token).not.toBe(phone.token)
  })

  it('are shown with the place of their address where the server has a database of places', async () => {
    const { token } = await api.signIn('traveller')
    const file = join(api.folder, 'places.mmdb')
    await writePlaces(file, 203, { country: { names: { en: 'China', 'zh-CN': '中国' } } })
    const env = { ...api.env, IP_PLACES: file, TRUST_PROXY: '127.0.0.0/8' }
    const placed = await startTestApi({ env, simulator: api.simulator, migrate: false })
    onTestFinished(() => placed.close())
    await placed.call('/wx/auth/login_by_weixin', {
      method: 'POST',
      body: { code: await placed.codeOf('traveller'), deviceId: 'abroad-0001' },
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })

    const { sessions } = (await placed.sessions(token)).data

    expect(sessions.map(({ ip, place }) => [ip, place])).toEqual([
      ['203.0.113.9', { zh: '中国', en: 'China' }],
      ['127.0.0.1', undefined],
    ])
    expect((await api.sessions(token)).data.sessions[0]).not.toHaveProperty('place')
  })

  it('end one at a time on logout', async () => {
    const here = await api.signIn('leaver')
    const there = await api.signIn('leaver')

    expect(await api.logout(here.token)).toMatchObject({ status: 200, errno: 0, errmsg: '成功' })

    expect(await api.info(here.token)).toMatchObject(UNLOGIN)
    expect(await api.logout(here.token)).toMatchObject(UNLOGIN)
    expect(await api.info(there.token)).toMatchObject({ errno: 0 })
  })

  it('of one user all end on logout_all', async () => {
    const tokens = [await api.signIn('everywhere'), await api.signIn('everywhere')]
    const other = await api.signIn('bystander')

    const answer = await api.logoutAll(tokens[0]?.token ?? '')

    expect(answer).toMatchObject({ errno: 0, data: { ended: 2 } })
    for (const { token } of tokens) expect(await api.info(token)).toMatchObject(SESSION_ENDED)
    expect(await api.info(other.token)).toMatchObject({ errno: 0 })
  })

  it('can be ended from another device of their user, once', async () => {
    const here = await api.signIn('owner')
    const there = await api.signIn('owner')
    const { id } = (await api.info(there.token)).data.session

    expect(await api.endSession(here.token, id)).toMatchObject({ errno: 0 })

    expect(await api.info(there.token)).toMatchObject(SESSION_ENDED)
    expect(await api.endSession(here.token, id)).toMatchObject({ status: 404, errno: 708 })
  })

  it('are replaced by the next sign-in on the same device', async () => {
    const deviceId = 'device-0001'
    const first = await api.signIn('device', { deviceId })
    const elsewhere = await api.signIn('device', { deviceId: 'device-0002' })
    const second = await api.signIn('device', { deviceId })

    expect(await api.info(first.token)).toMatchObject(UNLOGIN)
    expect(await api.info(second.token)).toMatchObject({ errno: 0 })
    expect(await api.info(elsewhere.token)).toMatchObject({ errno: 0 })
  })

  it('are limited to ten per user: the eleventh ends the oldest', async () => {
    const tokens: string[] = []
    for (let device = 0; device < 11; device += 1) {
      tokens.push((await api.signIn('collector')).token)
    }
    const answers = await Promise.all(tokens.map((token) => api.info(token)))

    expect(answers.map(({ errno }) => errno)).toEqual([714, ...Array(10).fill(0)])
    expect((await api.sessions(tokens[10] ?? '')).data.sessions).toHaveLength(10)
  })

  it('expire after seven idle days, which start again with each use', async () => {
    const idle = await api.signIn('idle')
    const used = await api.signIn('used')
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start + 6 * DAY_MS })
    const fresh = (await api.info(used.token)).headers.get('x-oa-token') ?? ''

    vi.setSystemTime(start + 8 * DAY_MS)

    expect(await api.info(idle.token)).toMatchObject(UNLOGIN)
    expect(await api.info(used.token)).toMatchObject(UNLOGIN)
    expect(await api.info(fresh)).toMatchObject({ errno: 0 })
  })

  it('expire after thirty days, however often they are used', async () => {
    let { token } = await api.signIn('faithful')
    const start = Date.now()
    for (let day = 2; day < 30; day += 2) {
      vi.useFakeTimers({ toFake: ['Date'], now: start + day * DAY_MS })
      const answer = await api.info(token)
      expect(answer.errno).toBe(0)
      token = answer.headers.get('x-oa-token') ?? token
    }
    vi.setSystemTime(start + 30 * DAY_MS - 2_000)
    expect(await api.info(token)).toMatchObject({ errno: 0 })
    vi.setSystemTime(start + 30 * DAY_MS + 1_000)
    expect(await api.info(token)).toMatchObject(UNLOGIN)
  })

  it('of a frozen user end at once, and no new one starts until the user is unfrozen', async () => {
    const { token } = await api.signIn('offender')
    const openid = await openidOf(api, 'offender')
    const name = { appId: api.config.wechat.apps[0].appId, openid }

    await api.accounts.freeze(name)

    const refused = { status: 403, errno: 704, errmsg: '账号已停用' }
    expect(await api.info(token)).toMatchObject(refused)
    expect(await api.login({ code: await api.codeOf('offender') })).toMatchObject(refused)
    await api.accounts.unfreeze(name)
    await eventually(() => api.info(token)).toMatchObject(UNLOGIN)
    expect(await api.login({ code: await api.codeOf('offender') })).toMatchObject({ errno: 0 })
  })

  it('are counted in the personal centre', async () => {
    const { token } = await api.signIn('centre', { userInfo: { nickName: '张三' } })
    await api.signIn('centre')

    const { data } = await api.call('/wx/user/index', { token })

    expect(data).toMatchObject({ userInfo: { nickName: '张三' }, deviceCount: 2 })
  })
})
