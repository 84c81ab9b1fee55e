import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AuditMeetingRequest,
  CancelMeetingRequest,
  ChangedMeetingResult,
  ChangeMeetingRequest,
  EmptyResult,
  EndedMeetingResult,
  EndMeetingRequest,
  ERRNO,
  ExtendMeetingRequest,
  ItemParams,
  Ok,
} from '@oa/contracts'
import { hasErrno } from '../errors/business-error.ts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Asking } from './actions.ts'
import type { Meeting } from './rows.ts'
import type { Meetings } from './service.ts'

const SCHEMA = {
  tags: ['meeting'],
  security: [{ token: [] }],
  params: ItemParams,
  response: { 200: Ok(ChangedMeetingResult), ...FAILURES },
}

/** Actions that need no more than the version that the caller has seen. */
const PLAIN = {
  submit: 'Send the draft to whom it concerns, or to who approves it',
  withdraw: 'Take the meeting back before it is approved',
  start: 'Open the meeting, from 30 minutes before its start',
} as const satisfies Partial<Record<Asking['action'], string>>

type Options = {
  meetings: Meetings
  /** How many votes were closed with the end of the meeting. */
  countClosedVotes(meeting: Meeting): Promise<number>
}

/** What people decide about a meeting; to be registered behind the guard. */
export const meetingActionRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { meetings: { actions }, countClosedVotes },
) => {
  const changed = async (...asked: Parameters<typeof actions.act>): Promise<Meeting> => {
    const meeting = await actions.act(...asked)
    if (meeting === null) throw new Error('the meeting is gone')
    return meeting
  }
  const act = async (...asked: Parameters<typeof actions.act>) => {
    const { state, version } = await changed(...asked)
    return ok({ state, version })
  }
  for (const action of Object.keys(PLAIN) as (keyof typeof PLAIN)[]) {
    app.post(
      `/wx/meeting/:id/${action}`,
      { schema: { ...SCHEMA, summary: PLAIN[action], body: ChangeMeetingRequest } },
      ({ auth, params, body, id }) => act(auth.user, params.id, { action, ...body }, id),
    )
  }
  app.post(
    '/wx/meeting/:id/audit',
    { schema: { ...SCHEMA, summary: 'Approve or reject', body: AuditMeetingRequest } },
    ({ auth, params, body: { approve, ...rest }, id }) =>
      act(auth.user, params.id, { action: approve ? 'approve' : 'reject', ...rest }, id),
  )
  app.post(
    '/wx/meeting/:id/cancel',
    { schema: { ...SCHEMA, summary: 'Cancel for good', body: CancelMeetingRequest } },
    ({ auth, params, body, id }) => act(auth.user, params.id, { action: 'cancel', ...body }, id),
  )
  app.post(
    '/wx/meeting/:id/end',
    {
      schema: {
        ...SCHEMA,
        summary: 'End the meeting; votes that are open hold it up, or are closed with it',
        body: EndMeetingRequest,
        response: { 200: Ok(EndedMeetingResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id }) => {
      const meeting = await changed(auth.user, params.id, { action: 'end', ...body }, id)
      const { state, version } = meeting
      return ok({ state, version, closedVotes: await countClosedVotes(meeting) })
    },
  )
  app.post(
    '/wx/meeting/:id/extend',
    {
      schema: {
        ...SCHEMA,
        summary: 'Move the end of a running meeting',
        body: ExtendMeetingRequest,
      },
    },
    ({ auth, params, body: { version, endsAt }, id }) =>
      act(auth.user, params.id, { action: 'extend', version, endsAt: new Date(endsAt) }, id),
  )
  app.post(
    '/wx/meeting/:id/delete',
    {
      schema: {
        ...SCHEMA,
        summary: 'Throw a draft away',
        body: ChangeMeetingRequest,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id }) => {
      try {
        await actions.act(auth.user, params.id, { action: 'delete', ...body }, id)
      } catch (error) {
        // The answer to the request before may have been lost.
        if (!hasErrno(error, ERRNO.NOT_FOUND)) throw error
      }
      return ok({})
    },
  )
}
