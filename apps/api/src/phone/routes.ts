import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BindPhoneRequest, BindPhoneResult, Ok } from '@oa/contracts'
import { callerOf, FAILURES, ok } from '../http/replies.ts'
import type { Phones } from './service.ts'

/** The caller's phone number; to be registered behind the guard. */
export const phoneRoutes: FastifyPluginAsyncTypebox<{ phones: Phones }> = async (
  app,
  { phones },
) => {
  app.post(
    '/wx/auth/bind_phone',
    {
      schema: {
        tags: ['auth'],
        summary: 'Bind the phone number that WeChat vouches for, within 5 minutes of a sign-in',
        security: [{ token: [] }],
        body: BindPhoneRequest,
        response: { 200: Ok(BindPhoneResult), ...FAILURES },
      },
    },
    async (request) => ok(await phones.bind(request.signedIn, request.body, callerOf(request))),
  )
}
