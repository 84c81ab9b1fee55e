import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CheckInByHandRequest,
  CheckInByHandResult,
  CheckInCodeResult,
  CheckInRequest,
  CheckInResult,
  ItemParams,
  LiveResult,
  Ok,
} from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import { WINDOW_MS } from './code.ts'
import type { ShownCode } from './pictures.ts'
import type { Attendance } from './service.ts'

const SCHEMA = { tags: ['meeting'], security: [{ token: [] }] }

/** To be registered behind the guard. */
export const attendanceRoutes: FastifyPluginAsyncTypebox<{ attendance: Attendance }> = async (
  app,
  { attendance },
) => {
  app.get(
    '/wx/meeting/:id/check_in_code',
    {
      schema: {
        ...SCHEMA,
        summary: 'The codes of now and of the next seconds, for an organiser to show',
        params: ItemParams,
        response: { 200: Ok(CheckInCodeResult), ...FAILURES },
      },
    },
    async ({ auth, params }) => {
      const { codes, now, present, people } = await attendance.showCode(auth.user, params.id)
      const shown = { codes: codes.map(toShownCode), now: now.toISOString(), everyMs: WINDOW_MS }
      return ok({ ...shown, present, people })
    },
  )
  app.post(
    '/wx/meeting/check_in',
    {
      schema: {
        ...SCHEMA,
        summary: 'I am there: the first time counts',
        body: CheckInRequest,
        response: { 200: Ok(CheckInResult), ...FAILURES },
      },
    },
    async ({ auth, body }) => {
      const { meetingId, checkedInAt, status } = await attendance.checkIn(auth.user, body.code)
      return ok({ meetingId, checkedInAt: checkedInAt.toISOString(), status })
    },
  )
  app.post(
    '/wx/meeting/:id/check_in_by_hand',
    {
      schema: {
        ...SCHEMA,
        summary: 'An organiser records that a member is there, or takes it back',
        params: ItemParams,
        body: CheckInByHandRequest,
        response: { 200: Ok(CheckInByHandResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id }) =>
      ok({ status: await attendance.correct(auth.user, params.id, body, id) }),
  )
  app.get(
    '/wx/meeting/:id/live',
    {
      schema: {
        ...SCHEMA,
        summary: 'How the meeting goes, at most a second old',
        params: ItemParams,
        response: { 200: Ok(LiveResult), ...FAILURES },
      },
    },
    async ({ auth, params }) => {
      const live = await attendance.live.view(auth.user, params.id)
      const { state, openVotes, present, people } = live
      return ok({ state, voting: openVotes > 0, present, people })
    },
  )
}

export const toShownCode = ({ text, svg, from }: ShownCode) => ({
  text,
  svg,
  from: from.toISOString(),
})
