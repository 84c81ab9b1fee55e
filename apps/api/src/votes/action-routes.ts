import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  CancelVoteRequest,
  CastResult,
  CastVoteRequest,
  ChangedVoteResult,
  ChangeVoteRequest,
  ItemParams,
  Ok,
  UpdateVoteRequest,
} from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Votes } from './service.ts'
import { toChangedVote } from './vote-result.ts'

const SCHEMA = {
  tags: ['vote'],
  security: [{ token: [] }],
  params: ItemParams,
  response: { 200: Ok(ChangedVoteResult), ...FAILURES },
}

/** Actions that need no more than the version that the caller has seen. */
const PLAIN = {
  open: 'Open the vote: from here on, who may vote and on what is fixed',
  close: 'Close the vote, and count it',
} as const

/** What people decide about a vote, and their ballots; to be registered behind the guard. */
export const voteActionRoutes: FastifyPluginAsyncTypebox<{ votes: Votes }> = async (
  app,
  { votes: { actions, edits, casting } },
) => {
  for (const action of ['open', 'close'] as const) {
    app.post(
      `/wx/vote/:id/${action}`,
      { schema: { ...SCHEMA, summary: PLAIN[action], body: ChangeVoteRequest } },
      async ({ auth, params, body, id }) =>
        ok(toChangedVote(await actions.act(auth.user, params.id, { action, ...body }, id))),
    )
  }
  app.post(
    '/wx/vote/:id/update',
    { schema: { ...SCHEMA, summary: 'Change a draft', body: UpdateVoteRequest } },
    async ({ auth, params, body, id }) =>
      ok(toChangedVote(await edits.update(auth.user, params.id, body, id))),
  )
  app.post(
    '/wx/vote/:id/cancel',
    {
      schema: {
        ...SCHEMA,
        summary: 'Cancel for good: what was cast is deleted',
        body: CancelVoteRequest,
      },
    },
    async ({ auth, params, body, id }) => {
      const asking = { action: 'cancel', ...body } as const
      return ok(toChangedVote(await actions.act(auth.user, params.id, asking, id)))
    },
  )
  app.post(
    '/wx/vote/:id/cast',
    {
      schema: {
        ...SCHEMA,
        summary: 'Cast my ballot; a secret one is final',
        body: CastVoteRequest,
        response: { 200: Ok(CastResult), ...FAILURES },
      },
    },
    async ({ auth, params, body }) => {
      await casting.cast(auth.user, params.id, body.optionIds)
      return ok({ counted: true as const })
    },
  )
}
