import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BindPhoneRequest, BindPhoneResult, Ok } from '@oa/contracts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import { readProof } from './read-proof.ts'
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
    async (request) => {
      const { endOtherSessions = false } = request.body
      const binding = { proof: readProof(request.body), endOtherSessions }
      const bound = await phones.bind(request.auth, binding, callerOf(request))
      const { mobile, endedSessions } = bound
      return ok({ mobile, endedSessions }, successMessage(bound))
    },
  )
}
