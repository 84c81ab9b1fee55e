import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  BallotsResult,
  CreatedVoteResult,
  CreateVoteRequest,
  ItemParams,
  Ok,
  VoteElectorsResult,
  VotePageParams,
  VoteResult,
  VotesParams,
  VotesResult,
} from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Votes } from './service.ts'
import { toVoteItem, toVoteResult } from './vote-result.ts'

const SCHEMA = { tags: ['vote'], security: [{ token: [] }] }

const nextOf = (next: string | null) => (next === null ? {} : { next })

/** To be registered behind the guard. */
export const voteRoutes: FastifyPluginAsyncTypebox<{ votes: Votes }> = async (app, { votes }) => {
  const { lists, details, edits } = votes
  app.get(
    '/wx/vote/list',
    {
      schema: {
        ...SCHEMA,
        summary: 'Votes in which I may vote, or that I made, the newest first',
        querystring: VotesParams,
        response: { 200: Ok(VotesResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => {
      const { listed, next } = await lists.list(auth.user, query)
      return ok({ items: listed.map(toVoteItem), ...nextOf(next) })
    },
  )
  app.get(
    '/wx/vote/:id',
    {
      schema: {
        ...SCHEMA,
        summary: 'One vote, with what I may know of it and do with it',
        params: ItemParams,
        response: { 200: Ok(VoteResult), ...FAILURES },
      },
    },
    async ({ auth, params }) => ok(toVoteResult(await details.read(auth.user, params.id))),
  )
  app.get(
    '/wx/vote/:id/electors',
    {
      schema: {
        ...SCHEMA,
        summary: 'Who may vote, and who has, for those who may know it',
        params: ItemParams,
        querystring: VotePageParams,
        response: { 200: Ok(VoteElectorsResult), ...FAILURES },
      },
    },
    async ({ auth, params, query }) => {
      const { electors, next } = await lists.electors(auth.user, params.id, query.cursor)
      return ok({ items: electors, ...nextOf(next) })
    },
  )
  app.get(
    '/wx/vote/:id/ballots',
    {
      schema: {
        ...SCHEMA,
        summary: 'Who chose what in a named vote; for its organisers, the ballots of a secret one',
        params: ItemParams,
        querystring: VotePageParams,
        response: { 200: Ok(BallotsResult), ...FAILURES },
      },
    },
    async ({ auth, params, query }) => {
      const { ballots, next } = await lists.ballots(auth.user, params.id, query.cursor)
      return ok({ items: ballots, ...nextOf(next) })
    },
  )
  app.post(
    '/wx/vote',
    {
      schema: {
        ...SCHEMA,
        summary: 'Draft a vote, of a meeting or of the company',
        body: CreateVoteRequest,
        response: { 200: Ok(CreatedVoteResult), ...FAILURES },
      },
    },
    async ({ auth, body, id }) => {
      const { publicId, version } = await edits.create(auth.user, body, id)
      return ok({ id: publicId, version })
    },
  )
}
