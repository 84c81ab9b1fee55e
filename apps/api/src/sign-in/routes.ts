import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LoginByWeixinRequest, LoginByWeixinResult, Ok } from '@oa/contracts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import { createLoginGuard } from './login-guard.ts'
import type { LoginLimit } from './login-limit.ts'
import { toLoginResult } from './login-result.ts'
import type { Login } from './service.ts'

type Options = { login: Login; limit: LoginLimit }

/** Sign-in: no token is needed. */
export const signInRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { login, limit }) => {
  const { onRequest, counted } = createLoginGuard(limit)
  app.post(
    '/wx/auth/login_by_weixin',
    {
      onRequest,
      config: { shed: 'first' },
      schema: {
        tags: ['auth'],
        summary: 'Sign in with the code of wx.login',
        body: LoginByWeixinRequest,
        response: { 200: Ok(LoginByWeixinResult), ...FAILURES },
      },
    },
    async (request) => {
      const signedIn = await counted(request, () =>
        login.loginByWeixin(request.body, callerOf(request)),
      )
      return ok(toLoginResult(app.tokens, signedIn), successMessage(signedIn))
    },
  )
}
