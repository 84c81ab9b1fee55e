import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Ok, UserIndexResult } from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import { maskPhone } from '../phone/number.ts'
import type { Sessions } from '../sessions/service.ts'
import { toUserInfo } from '../users/user-info.ts'
import type { CentreStore } from './centre-sql.ts'

/** The personal centre; to be registered behind the guard. */
export const profileRoutes: FastifyPluginAsyncTypebox<{
  sessions: Sessions
  centre: CentreStore
}> = async (app, { sessions, centre }) => {
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
      const [live, { phone, userLevel }] = await Promise.all([
        sessions.listLive(auth),
        centre.find(user.id),
      ])
      return ok({
        userInfo: toUserInfo(user),
        mobile: phone === null ? null : maskPhone(phone),
        userLevel,
        memberSince: user.addTime.toISOString(),
        lastLoginAt: user.lastLoginTime.toISOString(),
        // At least the session that asks, even if it ends in this very moment.
        deviceCount: Math.max(live.length, 1),
      })
    },
  )
}
