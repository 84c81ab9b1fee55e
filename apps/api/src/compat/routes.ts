import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CompatFailure, WxLoginRequest, WxLoginResult } from '@oa/contracts/compat'
import { callerOf } from '../http/caller.ts'
import { successMessage } from '../http/replies.ts'
import { createLoginGuard } from '../sign-in/login-guard.ts'
import type { LoginLimit } from '../sign-in/login-limit.ts'
import { toLoginResult } from '../sign-in/login-result.ts'
import type { Login } from '../sign-in/service.ts'
import { toCompatFailure, toWxLoginResult } from './compat-result.ts'

type Options = { login: Login; limit: LoginLimit }

/**
 * Sign-in as clients of another published article ask for it: the same sign-in, limits and session, in
 * the envelope that they read. Those clients send the token nowhere, so no other route knows of them.
 */
export const compatRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { login, limit }) => {
  const { onRequest, counted } = createLoginGuard(limit)
  app.addHook('preSerialization', async (_request, _reply, payload) => toCompatFailure(payload))
  app.post(
    '/api/user/wxLogin',
    {
      onRequest,
      config: { shed: 'first' },
      schema: {
        tags: ['compat'],
        summary: 'Sign in with the code of wx.login, for clients of another article',
        body: WxLoginRequest,
        response: { 200: WxLoginResult, '4xx': CompatFailure, '5xx': CompatFailure },
      },
    },
    async (request) => {
      const signedIn = await counted(request, () =>
        login.loginByWeixin({ code: request.body.jsCode }, callerOf(request)),
      )
      const { token } = toLoginResult(app.tokens, signedIn)
      return toWxLoginResult(token, successMessage(signedIn))
    },
  )
}
