import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

const events = () => {
  const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
  const rows = database
    .prepare('SELECT kind, outcome, user_id, ip FROM login_event ORDER BY id')
    .all()
  database.close()
  return rows
}

it('every sign-in, refusal and end of a session leaves a login event', async () => {
  const { token } = await api.signIn('watched')
  const other = await api.signIn('watched')
  const otherId = (await api.info(other.token)).data.session.id
  await api.login({ code: 'no-such-code' })
  await eventually(events).toHaveLength(3)
  await api.endSession(token, otherId)
  await api.logout(token)
  const name = { appId: api.config.wechat.apps[0].appId, openid: await openidOf(api, 'watched') }
  await api.accounts.freeze(name)
  await api.login({ code: await api.codeOf('watched') })
  await api.accounts.unfreeze(name)

  const from = { user_id: 1, ip: '127.0.0.1' }
  const byOperator = { user_id: 1, ip: '' }
  expect(events()).toEqual([
    { kind: 'login', outcome: 'ok', ...from },
    { kind: 'login', outcome: 'ok', ...from },
    { kind: 'login_refused', outcome: 'WX_CODE_INVALID', ...from, user_id: null },
    { kind: 'session_ended', outcome: 'ok', ...from },
    { kind: 'logout', outcome: 'ok', ...from },
    { kind: 'frozen', outcome: 'ok', ...byOperator },
    { kind: 'login_refused', outcome: 'ACCOUNT_DISABLED', ...from },
    { kind: 'unfrozen', outcome: 'ok', ...byOperator },
  ])
})

it('every binding of a phone number, and every refusal of one, leaves a login event', async () => {
  const phones = phoneTools(api)
  const before = events().length
  const owner = await phones.signInWithPhone('numbered', '13900000051')
  await phones.bindByCode(owner, 'numbered')
  await phones.bind(owner, { code: 'no-such-code' })
  const { encryptedData } = await phones.tap('numbered')
  await phones.bind(owner, { encryptedData, iv: 'AAAA' })
  const rival = await phones.signInWithPhone('rival', '13900000051')
  await phones.bindByCode(rival, 'rival')
  await api.logoutAll(owner)

  const kept = events().slice(before) as { kind: string; outcome: string; ip: string }[]
  expect(kept.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'login ok',
    'phone_bound ok',
    'phone_refused PHONE_CODE_INVALID',
    'phone_refused PHONE_CODE_INVALID',
    'login ok',
    'phone_refused PHONE_TAKEN',
    'logout_all ok',
  ])
  expect(new Set(kept.map(({ ip }) => ip))).toEqual(new Set(['127.0.0.1']))
})
