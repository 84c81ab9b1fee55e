import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LoginByWeixinRequest, LoginByWeixinResult, Ok } from '@oa/contracts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import { toUserInfo } from '../users/user-info.ts'
import type { Login } from './service.ts'

/** Sign-in: the only route that needs no token. */
export const signInRoutes: FastifyPluginAsyncTypebox<{ login: Login }> = async (app, { login }) => {
  app.post(
    '/wx/auth/login_by_weixin',
    {
      onRequest: app.limitLogin,
      schema: {
        tags: ['auth'],
        summary: 'Sign in with the code of wx.login',
        body: LoginByWeixinRequest,
        response: { 200: Ok(LoginByWeixinResult), ...FAILURES },
      },
    },
    async (request) => {
      const signedIn = await login.loginByWeixin(request.body, callerOf(request))
      const { session, user } = signedIn
      const { token, expiresAt } = app.tokens.issue(session, user)
      const data = { token, tokenExpire: expiresAt.toISOString(), userInfo: toUserInfo(user) }
      return ok(data, successMessage(signedIn))
    },
  )
}
