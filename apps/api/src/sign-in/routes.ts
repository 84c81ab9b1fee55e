import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LoginByWeixinRequest, LoginByWeixinResult, Ok } from '@oa/contracts'
import { addressKey } from '../http/address-key.ts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import { toUserInfo } from '../users/user-info.ts'
import type { LoginLimit } from './login-limit.ts'
import type { Login } from './service.ts'

type Options = { login: Login; limit: LoginLimit }

/** Sign-in: the only route that needs no token. */
export const signInRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { login, limit }) => {
  app.post(
    '/wx/auth/login_by_weixin',
    {
      onRequest: ({ ip }) => limit.enter(addressKey(ip)),
      schema: {
        tags: ['auth'],
        summary: 'Sign in with the code of wx.login',
        body: LoginByWeixinRequest,
        response: { 200: Ok(LoginByWeixinResult), ...FAILURES },
      },
    },
    async (request) => {
      const signedIn = await login
        .loginByWeixin(request.body, callerOf(request))
        .catch(async (error: unknown) => {
          await limit.failed(addressKey(request.ip), error)
          throw error
        })
      const { session, user } = signedIn
      const { token, expiresAt } = app.tokens.issue(session, user)
      const data = { token, tokenExpire: expiresAt.toISOString(), userInfo: toUserInfo(user) }
      return ok(data, successMessage(signedIn))
    },
  )
}
