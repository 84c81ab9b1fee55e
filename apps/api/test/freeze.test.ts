import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DisableCode } from '../src/account/disable-reasons.ts'
import { DISABLE_REASONS } from '../src/account/disable-reasons.ts'
import { readToken } from './support/forge-token.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const SERVICE_TOKEN = drawToken()
const NOTE = 'ticket 4711, reported by a neighbour'
const CODES = Object.keys(DISABLE_REASONS) as DisableCode[]

describe('the reason of a freeze', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: { INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}` } })
  })
  afterAll(() => api.close())

  const arrive = async (person: string) => {
    const { token } = await api.signIn(person)
    const openid = await openidOf(api, person)
    return { token, openid, name: { appId: TEST_APP.appid, openid } }
  }
  /** Everything that the person is told: on what he has open, and when he comes again. */
  const told = async (person: string, token: string) => [
    await api.info(token),
    await api.call('/wx/user/index', { token }),
    await api.call('/wx/auth/bind_phone', { method: 'POST', token, body: { code: 'x' } }),
    await api.login({ code: await api.codeOf(person) }),
  ]
  const stored = (openid: string) => {
    const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
    const row = database
      .prepare(
        'SELECT status, status_reason, status_code, status_note FROM wx_user WHERE weixin_openid = ?',
      )
      .get(openid)
    database.close()
    return row
  }

  it.each(CODES)('is told to the person in the words of its code: %s', async (code) => {
    const person = `frozen-${code}`
    const { token, name } = await arrive(person)

    await api.accounts.freeze(name, { code, note: NOTE })

    for (const answer of await told(person, token)) {
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        403,
        { errno: 704, errmsg: DISABLE_REASONS[code] },
      ])
    }
  })

  it('is told in the words of the operator where he has some', async () => {
    const { token, openid, name } = await arrive('frozen-words')

    await api.accounts.freeze(name, { code: 'security', text: '请联系管理员', note: NOTE })

    for (const answer of await told('frozen-words', token))
      expect(answer.errmsg).toBe('请联系管理员')
    expect(stored(openid)).toEqual({
      status: 1,
      status_reason: '请联系管理员',
      status_code: 'security',
      status_note: NOTE,
    })
  })

  it('reaches other services as no more than that the person is disabled', async () => {
    const { token, openid, name } = await arrive('frozen-for-services')
    await api.accounts.freeze(name, { code: 'violation', note: NOTE })

    const answer = await serviceCalls(api, SERVICE_TOKEN).openid(
      String(readToken(token).payload.sub),
    )

    expect(JSON.parse(answer.text).data).toEqual({ openid, unionid: null, disabled: true })
  })

  it('goes with the freeze: nothing of it is left, and nothing of it comes back', async () => {
    const { openid, name } = await arrive('unfrozen')
    await api.accounts.freeze(name, { code: 'violation', text: '第一次', note: NOTE })

    await api.accounts.unfreeze(name)
    expect(stored(openid)).toEqual({
      status: 0,
      status_reason: null,
      status_code: null,
      status_note: null,
    })
    const { token } = await api.signIn('unfrozen')
    await api.accounts.freeze(name, { code: 'departed' })

    expect(await api.info(token)).toMatchObject({ errmsg: DISABLE_REASONS.departed })
    expect(stored(openid)).toMatchObject({ status_note: null })
  })

  it('leaves its note in no log', () => {
    expect(api.logs.text()).toContain('"errno":704')
    expect(api.logs.text()).not.toMatch(/4711|neighbour/)
  })
})
