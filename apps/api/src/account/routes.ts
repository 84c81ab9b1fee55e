import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CloseAccountRequest, EmptyResult, Ok, PersonalDataResult } from '@oa/contracts'
import { callerOf, FAILURES, ok, saidOf } from '../http/replies.ts'
import type { OwnData } from './own-data.ts'

const SCHEMA = { tags: ['user'], security: [{ token: [] }] }

/** What everybody may do with his own data; to be registered behind the guard. */
export const ownDataRoutes: FastifyPluginAsyncTypebox<{ ownData: OwnData }> = async (
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
    async (request) => ok(await ownData.exportAll(request.signedIn, callerOf(request))),
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
      ok({}, saidOf(await ownData.closeAccount(request.signedIn, callerOf(request)))),
  )
}
