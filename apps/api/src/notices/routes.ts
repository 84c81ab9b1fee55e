import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { InboxParams, InboxResult, Ok, ReadInboxRequest, UnreadResult } from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Inbox } from './service.ts'

const SCHEMA = { tags: ['notice'], security: [{ token: [] }] }

/** The caller's inbox; to be registered behind the guard. */
export const inboxRoutes: FastifyPluginAsyncTypebox<{ inbox: Inbox }> = async (app, { inbox }) => {
  app.get(
    '/wx/notice/list',
    {
      schema: {
        ...SCHEMA,
        summary: 'What I was told, the newest first',
        querystring: InboxParams,
        response: { 200: Ok(InboxResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => {
      const { lines, unread, next } = await inbox.list(auth.user, query.cursor)
      const items = lines.map(
        ({ kind, at, readAt, orgName, meetingPublicId, votePublicId, ...params }) => ({
          kind,
          at: at.toISOString(),
          read: readAt !== null,
          orgName,
          meetingId: meetingPublicId,
          voteId: votePublicId,
          title: params.title,
          startsAt: params.startsAt,
          reason: params.reason,
        }),
      )
      return ok({ items, unread, ...(next === null ? {} : { next }) })
    },
  )
  app.post(
    '/wx/notice/read',
    {
      schema: {
        ...SCHEMA,
        summary: 'Mark as read what came up to a time, or what is about one meeting or vote',
        body: ReadInboxRequest,
        response: { 200: Ok(UnreadResult), ...FAILURES },
      },
    },
    async ({ auth, body }) => ok({ unread: await inbox.read(auth.user, body) }),
  )
}
