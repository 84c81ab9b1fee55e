import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createArticleClient } from './article-client/article-client.ts'
import { createWx } from './article-client/wx-stand-in.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

/** What `wx.getUserProfile` returns. */
const PROFILE = {
  nickName: '小明😀👨‍👩‍👧‍👦𠮷',
  avatarUrl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132',
  gender: 0,
  country: '',
  province: '',
  city: '',
  language: 'zh_CN',
  is_demote: false,
}

describe('a client built from the articles', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  const clientOf = (person: string) => {
    const wx = createWx(() => api.codeOf(person))
    return { wx, ...createArticleClient(wx, api.url) }
  }

  it('signs in and reads back emoji unchanged', async () => {
    const client = clientOf('article-reader')

    const res = await client.loginByWeixin(PROFILE)
    const centre = await client.request('/wx/user/index')

    expect(res.errno).toBe(0)
    expect(client.wx.getStorageSync('userInfo')).toMatchObject({ nickName: PROFILE.nickName })
    expect(centre.errno).toBe(0)
    expect(centre.data.userInfo).toEqual({
      nickName: PROFILE.nickName,
      avatarUrl: PROFILE.avatarUrl,
      gender: 0,
    })
  })

  it('gets a placeholder name in place of 微信用户, which base libraries send since 2022', async () => {
    const withdrawn = { ...PROFILE, nickName: '微信用户', is_demote: true }

    const res = await clientOf('newer-phone').loginByWeixin(withdrawn)

    expect(res.data.userInfo).toMatchObject({
      nickName: expect.stringMatching(/^普通用户\d{5}$/),
      avatarUrl: '',
    })
  })

  it('is told to sign in when it sends an empty token', async () => {
    const res = await clientOf('signed-out').request('/wx/user/index')

    expect(res).toEqual({ errno: 501, errmsg: expect.any(String) })
  })

  it('gets an errno when WeChat refuses the code', async () => {
    const wx = createWx(async () => 'not-a-code')
    const client = createArticleClient(wx, api.url)

    await expect(client.loginByWeixin(PROFILE)).rejects.toMatchObject({ errno: 701 })
    expect(wx.getStorageSync('token')).toBe('')
  })

  it('never receives session_key or openid', async () => {
    const client = clientOf('curious')

    const text = JSON.stringify(await client.loginByWeixin(PROFILE))

    expect(text).not.toMatch(/session_?key|openid|unionid/i)
  })
})
