import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AuthInfoResult,
  EmptyResult,
  LogoutAllResult,
  Ok,
  SessionParams,
  SessionsResult,
} from '@oa/contracts'
import { callerOf, FAILURES, ok, saidOf, toSessionInfo, toUserInfo } from '../http/replies.ts'
import type { Sessions } from './service.ts'

const SCHEMA = { tags: ['auth'], security: [{ token: [] }] }

/** The caller's own sessions; to be registered behind the guard. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ sessions: Sessions }> = async (
  app,
  { sessions },
) => {
  app.get(
    '/wx/auth/info',
    {
      schema: {
        ...SCHEMA,
        summary: 'Who I am',
        response: { 200: Ok(AuthInfoResult), ...FAILURES },
      },
    },
    async ({ signedIn: { user, session } }) =>
      ok({ userInfo: toUserInfo(user), session: toSessionInfo(session, session.id) }),
  )
  app.get(
    '/wx/auth/sessions',
    {
      schema: {
        ...SCHEMA,
        summary: 'Where I am signed in',
        response: { 200: Ok(SessionsResult), ...FAILURES },
      },
    },
    async ({ signedIn }) => {
      const live = await sessions.listLive(signedIn)
      return ok({ sessions: live.map((one) => toSessionInfo(one, signedIn.session.id)) })
    },
  )
  app.delete(
    '/wx/auth/sessions/:id',
    {
      schema: {
        ...SCHEMA,
        summary: 'Sign out one of my other devices',
        params: SessionParams,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async (request) => {
      const { id } = request.params
      return ok({}, saidOf(await sessions.endOwn(request.signedIn, id, callerOf(request))))
    },
  )
  app.post(
    '/wx/auth/logout',
    {
      schema: {
        ...SCHEMA,
        summary: 'Sign out here',
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async (request) => ok({}, saidOf(await sessions.logout(request.signedIn, callerOf(request)))),
  )
  app.post(
    '/wx/auth/logout_all',
    {
      schema: {
        ...SCHEMA,
        summary: 'Sign out everywhere',
        response: { 200: Ok(LogoutAllResult), ...FAILURES },
      },
    },
    async (request) => {
      const ended = await sessions.logoutAll(request.signedIn, callerOf(request))
      return ok({ ended: ended.ended }, saidOf(ended))
    },
  )
}
