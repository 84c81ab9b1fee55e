import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

describe('the row of a user', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  const query = (statement: string, ...values: string[]) => {
    const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
    const rows = database.prepare(statement).all(...values)
    database.close()
    return rows as Record<string, unknown>[]
  }
  const rowOf = async (person: string) =>
    query('SELECT * FROM wx_user WHERE weixin_openid = ?', await openidOf(api, person))

  it('cannot be written by request fields with the names of its columns, in snake or camel case', async () => {
    const { token } = await api.signIn('assigner')
    const before = await rowOf('assigner')
    const columns = query('PRAGMA table_info(wx_user)').map(({ name }) => String(name))
    const camel = (name: string) =>
      name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    const names = [...new Set([...columns, ...columns.map(camel)])]
    expect(names.length).toBeGreaterThan(30)

    for (const name of names) {
      const login = { code: await api.codeOf('assigner'), [name]: '1' }
      expect(await api.login(login)).toMatchObject({ status: 400, errno: 401 })
      const profile = { code: await api.codeOf('assigner'), userInfo: { [name]: '1' } }
      expect(await api.login(profile)).toMatchObject({ status: 400, errno: 401 })
      const body = { code: 'x', [name]: '1' }
      const answer = await api.call('/wx/auth/bind_phone', { method: 'POST', token, body })
      expect(answer).toMatchObject({ status: 400, errno: 401 })
    }

    expect(await rowOf('assigner')).toEqual(before)
  })
})
