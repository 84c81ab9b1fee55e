import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AuthInfoResult,
  EmptyResult,
  LogoutAllResult,
  Ok,
  SeeNewDevicesRequest,
  SessionParams,
  SessionsResult,
} from '@oa/contracts'
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok, successMessage } from '../http/replies.ts'
import type { PlaceOf } from '../infra/places.ts'
import { toUserInfo } from '../users/user-info.ts'
import type { NewDevices } from './new-devices.ts'
import type { Sessions } from './service.ts'
import { toNewDevice, toSessionInfo } from './session-info.ts'

const SCHEMA = { tags: ['auth'], security: [{ token: [] }] }

type Options = { sessions: Sessions; newDevices: NewDevices; placeOf: PlaceOf }

/** The caller's own sessions; to be registered behind the guard. */
export const sessionRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { sessions, newDevices, placeOf },
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
    async ({ auth: { user, session } }) =>
      ok({ userInfo: toUserInfo(user), session: toSessionInfo(session, session.id, placeOf) }),
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
    async ({ auth }) => {
      const [live, unseen] = await Promise.all([sessions.listLive(auth), newDevices.list(auth)])
      return ok({
        sessions: live.map((one) => toSessionInfo(one, auth.session.id, placeOf)),
        newDevices: unseen.map((one) => toNewDevice(one, live, placeOf)),
      })
    },
  )
  app.post(
    '/wx/auth/new_devices_seen',
    {
      schema: {
        ...SCHEMA,
        summary: 'I have seen on which new devices I was signed in',
        body: SeeNewDevicesRequest,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async ({ auth, body }) => {
      await newDevices.see(auth, new Date(body.until))
      return ok({})
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
      return ok({}, successMessage(await sessions.endOwn(request.auth, id, callerOf(request))))
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
    async (request) =>
      ok({}, successMessage(await sessions.logout(request.auth, callerOf(request)))),
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
      const ended = await sessions.logoutAll(request.auth, callerOf(request))
      return ok({ ended: ended.ended }, successMessage(ended))
    },
  )
}
