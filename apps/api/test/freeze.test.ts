import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DisableCode } from '../src/account/disable-reasons.ts'
import { DISABLE_REASONS } from '../src/account/disable-reasons.ts'
import { UserStatus } from '../src/users/user.ts'
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

  const signIn = async (person: string) => {
    const { token } = await api.signIn(person)
    const openid = await openidOf(api, person)
    return { token, openid, name: { appId: TEST_APP.appid, openid } }
  }
  /** What the user gets: in an open session, and at the next sign-in. */
  const answersTo = async (person: string, token: string) => [
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

  it.each(CODES)('is shown to the user as the text of its code: %s', async (code) => {
    const person = `frozen-${code}`
    const { token, name } = await signIn(person)

    await api.accounts.freeze(name, { code, note: NOTE })

    for (const answer of await answersTo(person, token)) {
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        403,
        { errno: 704, errmsg: DISABLE_REASONS[code], reason: code },
      ])
    }
  })

  it('is shown to the user as the text of the operator, if there is one', async () => {
    const { token, openid, name } = await signIn('frozen-words')

    await api.accounts.freeze(name, { code: 'security', text: '请联系管理员', note: NOTE })

    for (const answer of await answersTo('frozen-words', token)) {
      expect(JSON.parse(answer.text)).toEqual({ errno: 704, errmsg: '请联系管理员' })
    }
    expect(stored(openid)).toEqual({
      status: UserStatus.frozen,
      status_reason: '请联系管理员',
      status_code: 'security',
      status_note: NOTE,
    })
  })

  it('is not given to other services, which only learn that the user is disabled', async () => {
    const { token, openid, name } = await signIn('frozen-for-services')
    await api.accounts.freeze(name, { code: 'violation', note: NOTE })

    const answer = await serviceCalls(api, SERVICE_TOKEN).openid(
      String(readToken(token).payload.sub),
    )

    expect(JSON.parse(answer.text).data).toEqual({ openid, unionid: null, disabled: true })
  })

  it('is cleared by unfreezing, and does not return with the next freeze', async () => {
    const { openid, name } = await signIn('unfrozen')
    await api.accounts.freeze(name, { code: 'violation', text: '第一次', note: NOTE })

    await api.accounts.unfreeze(name)
    expect(stored(openid)).toEqual({
      status: UserStatus.active,
      status_reason: null,
      status_code: null,
      status_note: null,
    })
    const { token } = await api.signIn('unfrozen')
    await api.accounts.freeze(name, { code: 'departed' })

    expect(await api.info(token)).toMatchObject({ errmsg: DISABLE_REASONS.departed })
    expect(stored(openid)).toMatchObject({ status_note: null })
  })

  it('has a note that is never logged', () => {
    expect(api.logs.text()).toContain('"errno":704')
    expect(api.logs.text()).not.toMatch(/4711|neighbour/)
  })
})
