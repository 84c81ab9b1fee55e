import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Ok, ShareResult } from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Invitations } from './service.ts'

/** What a user needs to invite others; to be registered behind the guard. */
export const invitationRoutes: FastifyPluginAsyncTypebox<{ invitations: Invitations }> = async (
  app,
  { invitations },
) => {
  app.get(
    '/wx/user/share',
    {
      schema: {
        tags: ['user'],
        summary: 'The id that a shared card carries, so that new users are remembered as invited',
        security: [{ token: [] }],
        response: { 200: Ok(ShareResult), ...FAILURES },
      },
    },
    async ({ auth }) => {
      const { shareId, expiresAt } = invitations.share(auth.user)
      return ok({ shareId, expiresAt: expiresAt.toISOString() })
    },
  )
}
