import { afterEach, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const PATH = '/api/user/wxLogin'

describe('the sign-in of clients of another article', () => {
  let api: TestApi
  afterEach(() => api.close())

  const start = async (env: NodeJS.ProcessEnv = {}) => {
    api = await startTestApi({ env })
  }
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(api.url + PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    const retryAfter = Number(response.headers.get('retry-after'))
    return { status: response.status, body: JSON.parse(text), text, retryAfter }
  }

  it('gives the token itself as data, and it is one of ours', async () => {
    await start()

    const answer = await post({ jsCode: await api.codeOf('reader') })

    expect(answer).toMatchObject({ status: 200, body: { code: 200, message: '成功' } })
    expect(Object.keys(answer.body)).toEqual(['code', 'message', 'data'])
    expect(await api.info(answer.body.data)).toMatchObject({ errno: 0 })
    expect(answer.text).not.toMatch(/session_?key|openid|unionid/i)
  })

  it('is the same user as by our own client', async () => {
    await start()
    const { userInfo } = await api.signIn('both', { userInfo: { nickName: '同一个人' } })

    const { body } = await post({ jsCode: await api.codeOf('both') })

    const info = await api.info(body.data)
    expect(info.data.userInfo).toEqual(userInfo)
    expect((await api.sessions(body.data)).data.sessions).toHaveLength(2)
  })

  it.each([
    ['a code that WeChat refuses', { jsCode: 'no-such-code' }, 401, 701],
    ['no code, as when the second button was not tapped', {}, 400, 401],
    ['an empty code', { jsCode: '' }, 400, 401],
    ['a number for a code', { jsCode: 1 }, 400, 401],
    ['a field that it does not know', { jsCode: 'x', openid: 'o' }, 400, 401],
    ['text that is not JSON', '{', 400, 401],
  ])('answers %s in the envelope that those clients read', async (_what, body, status, code) => {
    await start()

    const answer = await post(body)

    expect(answer).toMatchObject({ status, body: { code, data: null } })
    expect(answer.body.message).toMatch(/[\u4e00-\u9fff]/)
    expect(Object.keys(answer.body)).toEqual(['code', 'message', 'data'])
  })

  it('tells a frozen user why, and opens no session', async () => {
    await start()
    await api.signIn('frozen')
    const openid = await openidOf(api, 'frozen')
    await api.accounts.freeze({ appId: TEST_APP.appid, openid }, { text: '违反社区规定' })

    const { status, body } = await post({ jsCode: await api.codeOf('frozen') })

    expect([status, body]).toEqual([403, { code: 704, message: '违反社区规定', data: null }])
  })

  it('says that WeChat is down, and for how long to wait', async () => {
    await start()
    const jsCode = await api.codeOf('unlucky')
    await api.simulator.control.addFault({ path: '/sns/jscode2session', html: true })

    const { status, body, retryAfter } = await post({ jsCode })

    expect([status, body.code, body.data]).toEqual([503, 702, null])
    expect(retryAfter).toBeGreaterThan(0)
  })

  it('shares its limits with every other sign-in', async () => {
    await start({ LOGIN_LIMIT_REFUSED_PER_IP: '2' })
    await post({ jsCode: 'guess-1' })
    await api.login({ code: 'guess-2' })

    const { status, body, retryAfter } = await post({ jsCode: 'guess-3' })

    expect([status, body.code, body.data]).toEqual([429, 706, null])
    expect(retryAfter).toBeGreaterThan(0)
    expect(await api.login({ code: 'guess-4' })).toMatchObject({ errno: 706 })
  })

  it('uses a code once, whichever way it is sent', async () => {
    await start()
    const code = await api.codeOf('twice')
    await post({ jsCode: code })

    expect((await post({ jsCode: code })).body).toMatchObject({ code: 701, data: null })
    expect(await api.login({ code })).toMatchObject({ errno: 701 })
  })

  it('opens no other header for the token than that of everybody', async () => {
    await start()
    const { body } = await post({ jsCode: await api.codeOf('reader') })

    for (const name of ['token', 'authorization', 'x-token']) {
      const answer = await api.call('/wx/auth/info', { headers: { [name]: body.data } })
      expect(answer).toMatchObject({ status: 401, errno: 501 })
    }
  })

  it('does not exist when it is switched off', async () => {
    await start({ COMPAT_ROUTES: 'false' })

    const answer = await post({ jsCode: await api.codeOf('late') })

    expect(answer).toMatchObject({ status: 404, body: { errno: 503 } })
  })
})
