// Compiled by `tsc -p test` and never run: a line below `@ts-expect-error` must not compile.
import type { ApiRoutes } from '@oa/contracts'
import type { api } from '../miniprogram/config/api'
import { request } from '../miniprogram/utils/util'

type Named = (typeof api)[keyof typeof api]

/** Does not compile when a path of the contract has no name in config/api.ts. */
export const unnamed: Record<Exclude<keyof ApiRoutes, Named>, never> = {}

export const allowed = async () => {
  const { data } = await request('/wx/auth/login_by_weixin', 'POST', { data: { code: 'c' } })
  await request('/wx/auth/logout', 'POST')
  await request('/wx/auth/sessions/:id', 'DELETE', { params: { id: '1' } })

  return data.token.length + data.userInfo.nickName.length
}

export const refused = async () => {
  // @ts-expect-error no such path
  await request('/wx/auth/login', 'POST')
  // @ts-expect-error not this method
  await request('/wx/auth/logout', 'GET')
  // @ts-expect-error no body where one is needed
  await request('/wx/auth/login_by_weixin', 'POST')
  // @ts-expect-error no code in the body
  await request('/wx/auth/login_by_weixin', 'POST', { data: {} })
  // @ts-expect-error a field that the contract does not know
  await request('/wx/auth/login_by_weixin', 'POST', { data: { code: 'c', openid: 'o' } })
  // @ts-expect-error a body where there is none
  await request('/wx/auth/logout', 'POST', { data: { all: true } })
  // @ts-expect-error no id in the path
  await request('/wx/auth/sessions/:id', 'DELETE')
  const { data } = await request('/wx/user/index', 'GET')
  // @ts-expect-error no such result
  return data.openid
}
