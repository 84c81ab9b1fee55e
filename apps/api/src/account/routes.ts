import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CloseAccountRequest, EmptyResult, Ok, PersonalDataResult } from '@oa/contracts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import type { OwnData } from './own-data.ts'
import { toPersonalDataResult } from './personal-data-result.ts'

const SCHEMA = { tags: ['user'], security: [{ token: [] }] }

/** What users may do with their own data; to be registered behind the guard. */
export const accountRoutes: FastifyPluginAsyncTypebox<{ ownData: OwnData }> = async (
  app,
  { ownData },
) => {
  app.get(
    '/wx/user/data',
    {
      schema: {
        ...SCHEMA,
        summary: 'All that is kept about me, within 5 minutes of a sign-in',
        response: { 200: Ok(PersonalDataResult), ...FAILURES },
      },
    },
    async (request) => {
      const data = await ownData.exportAll(request.auth, callerOf(request))
      return ok(toPersonalDataResult(data, request.auth.session.id))
    },
  )
  app.post(
    '/wx/user/close_account',
    {
      schema: {
        ...SCHEMA,
        summary: 'Close my account for good, within 5 minutes of a sign-in',
        body: CloseAccountRequest,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async (request) =>
      ok({}, successMessage(await ownData.closeAccount(request.auth, callerOf(request)))),
  )
}
