import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Ok, UserIndexResult } from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Phones } from '../phone/service.ts'
import type { Sessions } from '../sessions/service.ts'
import { toUserInfo } from '../users/user-info.ts'

/** The personal centre; to be registered behind the guard. */
export const profileRoutes: FastifyPluginAsyncTypebox<{
  sessions: Sessions
  phones: Phones
}> = async (app, { sessions, phones }) => {
  app.get(
    '/wx/user/index',
    {
      schema: {
        tags: ['user'],
        summary: 'What the personal centre shows',
        security: [{ token: [] }],
        response: { 200: Ok(UserIndexResult), ...FAILURES },
      },
    },
    async ({ auth }) => {
      const { user } = auth
      const [live, mobile] = await Promise.all([
        sessions.listLive(auth),
        phones.findMasked(user.id),
      ])
      return ok({
        userInfo: toUserInfo(user),
        mobile,
        memberSince: user.addTime.toISOString(),
        lastLoginAt: user.lastLoginTime.toISOString(),
        // At least the session that asks, even if it ends in this very moment.
        deviceCount: Math.max(live.length, 1),
      })
    },
  )
}
