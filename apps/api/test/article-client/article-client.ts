import type { Wx } from './wx-stand-in.ts'

export type Reply = { errno: number; errmsg: string; data: Record<string, unknown> }
type ArticleUserInfo = { nickName: string; avatarUrl: string; gender: number }

/**
 * The sign-in of the published articles, call for call: `X-OA-Token` on every request, empty when there
 * is no token; success is `res.errno === 0`; token and userInfo go into storage. It shares no code with
 * our client, and stands for the copies that are in use.
 */
export const createArticleClient = (wx: Wx, baseUrl: string) => {
  const request = (path: string, data: object = {}, method = 'GET') =>
    new Promise<Reply>((resolve, reject) => {
      wx.request({
        url: baseUrl + path,
        data,
        method,
        timeout: 6000,
        header: {
          'Content-Type': 'application/json',
          'X-OA-Token': String(wx.getStorageSync('token')),
        },
        success: (res) => resolve(res.data as Reply),
        fail: reject,
      })
    })

  const login = () =>
    new Promise<{ code: string }>((resolve, reject) => {
      wx.login({ success: resolve, fail: reject })
    })

  const loginByWeixin = async (userInfo: ArticleUserInfo & Record<string, unknown>) => {
    const { code } = await login()
    const res = await request('/wx/auth/login_by_weixin', { code, userInfo }, 'POST')
    if (res.errno !== 0) throw res
    wx.setStorageSync('userInfo', res.data.userInfo)
    wx.setStorageSync('token', res.data.token)
    return res
  }

  return { request, loginByWeixin }
}
