import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

describe('sign-in', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  it('returns a token that identifies the user', async () => {
    const userInfo = { nickName: '小明😀', gender: 1 as const }
    const { token, tokenExpire, userInfo: stored } = await api.signIn('ming', { userInfo })

    const info = await api.info(token)

    expect(info).toMatchObject({ status: 200, errno: 0, errmsg: '成功' })
    expect(info.data.userInfo).toEqual({ nickName: '小明😀', avatarUrl: '', gender: 1 })
    expect(stored).toEqual(info.data.userInfo)
    expect(info.data.session.current).toBe(true)
    expect(Date.parse(tokenExpire)).toBeGreaterThan(Date.now() + 6 * 86_400_000)
  })

  it('refuses a code that was used before', async () => {
    const code = await api.codeOf('ming')
    await api.login({ code })

    expect(await api.login({ code })).toMatchObject({ status: 401, errno: 701 })
  })

  it('keeps the first profile when a user signs in again', async () => {
    await api.signIn('hong', { userInfo: { nickName: '小红' } })

    const again = await api.signIn('hong', { userInfo: { nickName: '别人' } })

    expect(again.userInfo.nickName).toBe('小红')
  })
})
