import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LoginByPhoneRequest, LoginByPhoneResult, Ok } from '@oa/contracts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import { readProof } from '../phone/read-proof.ts'
import { createLoginGuard } from '../sign-in/login-guard.ts'
import type { LoginLimit } from '../sign-in/login-limit.ts'
import { toLoginResult } from '../sign-in/login-result.ts'
import type { PhoneLogin } from './service.ts'

type Options = { phoneLogin: PhoneLogin; limit: LoginLimit }

/** Sign-in by phone number; within the same limits as sign-in by WeChat alone. */
export const phoneSignInRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { phoneLogin, limit },
) => {
  const { onRequest, counted } = createLoginGuard(limit)
  app.post(
    '/wx/auth/login_by_phone',
    {
      onRequest,
      config: { shed: 'first' },
      schema: {
        tags: ['auth'],
        summary: 'Sign in and bind the phone number that WeChat vouches for, both or nothing',
        body: LoginByPhoneRequest,
        response: { 200: Ok(LoginByPhoneResult), ...FAILURES },
      },
    },
    async (request) => {
      const { phoneCode, encryptedData, iv } = request.body
      const proof = readProof({ code: phoneCode, encryptedData, iv }, 'phoneCode')
      const signedIn = await counted(request, () =>
        phoneLogin.loginByPhone(request.body, proof, callerOf(request)),
      )
      const result = { ...toLoginResult(app.tokens, signedIn), mobile: signedIn.mobile }
      return ok(result, successMessage(signedIn))
    },
  )
}
