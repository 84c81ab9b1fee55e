import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BindPhoneRequest, BindPhoneResult, ERRNO, Ok } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import type { PhoneProof, Phones } from './service.ts'

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

const readProof = ({ code, encryptedData, iv }: BindPhoneRequest): PhoneProof => {
  const hasData = encryptedData !== undefined || iv !== undefined
  if (code !== undefined && !hasData) return { code }
  if (code === undefined && encryptedData !== undefined && iv !== undefined) {
    return { encryptedData, iv }
  }
  throw new BusinessError(ERRNO.BAD_ARGUMENT, '参数错误：需要 code，或 encryptedData 和 iv')
}
