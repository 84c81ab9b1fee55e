import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ConsentsResult, Ok, ReportConsentsRequest } from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Consents } from './service.ts'

const PATH = '/wx/notice/consents'
const SCHEMA = { tags: ['notice'], security: [{ token: [] }] }

/** The caller's consents to subscribe messages; to be registered behind the guard. */
export const consentRoutes: FastifyPluginAsyncTypebox<{ consents: Consents }> = async (
  app,
  { consents },
) => {
  const { countedBy } = consents
  app.get(
    PATH,
    {
      schema: {
        ...SCHEMA,
        summary: 'How many messages of each kind I have agreed to',
        response: { 200: Ok(ConsentsResult), ...FAILURES },
      },
    },
    async ({ auth }) => ok({ templates: await consents.list(auth), countedBy }),
  )
  app.post(
    PATH,
    {
      schema: {
        ...SCHEMA,
        summary: 'What wx.requestSubscribeMessage has just answered',
        body: ReportConsentsRequest,
        response: { 200: Ok(ConsentsResult), ...FAILURES },
      },
    },
    async ({ auth, body }) =>
      ok({ templates: await consents.report(auth, body.accepted), countedBy }),
  )
}
