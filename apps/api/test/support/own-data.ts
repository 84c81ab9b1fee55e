import { join } from 'node:path'
import type { PersonalDataResult } from '@oa/contracts'
import SQLite from 'better-sqlite3'
import { readToken } from './forge-token.ts'
import { phoneTools } from './phone.ts'
import type { TestApi } from './start-test-api.ts'
import { openidOf } from './start-test-api.ts'

export const CANARY = {
  nickName: '金丝雀昵称',
  avatarUrl: 'https://thirdwx.qlogo.cn/mmopen/canary/132',
  deviceId: 'canary-device-1',
  deviceName: '金丝雀手机',
}
const PHONE = 13_987_600_000
const OLD_MS = 6 * 60_000

type Row = Record<string, unknown>

/** The calls of a user to the routes for own data, and access to the SQLite database of a test API. */
export const ownDataTools = (api: TestApi) => {
  const withDatabase = <T>(work: (database: SQLite.Database) => T) => {
    const database = new SQLite(join(api.folder, 'oa.db'))
    try {
      return work(database)
    } finally {
      database.close()
    }
  }
  const rows = (statement: string, ...values: unknown[]) =>
    withDatabase((database) => database.prepare(statement).all(...values)) as Row[]
  const run = (statement: string, ...values: unknown[]) =>
    withDatabase((database) => database.prepare(statement).run(...values))
  let people = 0

  return {
    withDatabase,
    rows,
    run,
    ...callsOf(api),
    async userIdOf(person: string) {
      const openid = await openidOf(api, person)
      return Number(rows('SELECT id FROM wx_user WHERE weixin_openid = ?', openid)[0]?.id)
    },
    /** Signs in a new user with name, avatar and phone number on two devices, and in and out on a third. */
    async newUser() {
      people += 1
      const person = `own-${people}`
      const phone = String(PHONE + people)
      await api.simulator.control.createPerson({ name: person, phone })
      const { nickName, avatarUrl, ...device } = CANARY
      const userInfo = { nickName, avatarUrl, gender: 2 as const }
      const { token } = await api.signIn(person, { userInfo, ...device })
      const elsewhere = (await api.signIn(person)).token
      const over = (await api.signIn(person)).token
      await api.logout(over)
      await phoneTools(api).bindByCode(token, person)
      return { person, token, elsewhere, over, phone, openid: await openidOf(api, person) }
    },
    /** Moves the sign-in of this token six minutes into the past. */
    makeOld(token: string) {
      const at = new Date(Date.now() - OLD_MS).toISOString().replace('Z', '+00:00')
      run('UPDATE wx_session SET created_at = ? WHERE id = ?', at, readToken(token).payload.sid)
    },
  }
}

export const callsOf = (api: Pick<TestApi, 'call'>) => ({
  ask: (token: string) => api.call<PersonalDataResult>('/wx/user/data', { token }),
  close: (token: string, body: unknown = { confirm: true }) =>
    api.call('/wx/user/close_account', { method: 'POST', token, body }),
})
