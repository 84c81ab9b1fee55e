import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  DepartmentsResult,
  EmptyResult,
  InvitationParams,
  InvitationResult,
  JoinRequest,
  LeaveRequest,
  Membership,
  MembershipsResult,
  MembersParams,
  MembersResult,
  Ok,
  OrgParams,
} from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import { toMember } from './admin-result.ts'
import { toMembershipResult } from './membership-result.ts'
import type { Orgs } from './service.ts'

const SCHEMA = { tags: ['org'], security: [{ token: [] }] }

/** What an invitation leads to; public, and says more to a user who is signed in. */
export const orgInvitationRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (
  app,
  { orgs },
) => {
  app.get(
    '/wx/org/invitation',
    {
      onRequest: app.readLogin,
      schema: {
        tags: ['org'],
        summary:
          'Where an invitation leads to; a user who is signed in also sees what became of it',
        querystring: InvitationParams,
        response: { 200: Ok(InvitationResult), ...FAILURES },
      },
    },
    async ({ query, authOrNull, appId }) => {
      const user = authOrNull?.user ?? null
      const shown = await orgs.joins.show(query.invitation, { appId, user })
      return ok({
        orgName: shown.orgName,
        needsApproval: shown.needsApproval,
        expiresAt: shown.expiresAt.toISOString(),
        mine: shown.mine === null ? null : toMembershipResult(shown.mine),
      })
    },
  )
}

/** A company as its members use it; to be registered behind the guard. */
export const orgRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (app, { orgs }) => {
  app.post(
    '/wx/org/join',
    {
      schema: {
        ...SCHEMA,
        summary: 'Join a company by an invitation, at once or when an administrator accepts',
        body: JoinRequest,
        response: { 200: Ok(Membership), ...FAILURES },
      },
    },
    async ({ auth, body, id }) =>
      ok(toMembershipResult(await orgs.joins.join(auth.user, body, id))),
  )
  app.get(
    '/wx/org/mine',
    {
      schema: {
        ...SCHEMA,
        summary: 'The companies that I belong to, or asked to join',
        response: { 200: Ok(MembershipsResult), ...FAILURES },
      },
    },
    async ({ auth }) =>
      ok({ memberships: (await orgs.joins.mine(auth.user)).map(toMembershipResult) }),
  )
  app.post(
    '/wx/org/leave',
    {
      schema: {
        ...SCHEMA,
        summary: 'Leave a company, or withdraw my request to join it',
        body: LeaveRequest,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async ({ auth, body, id }) => {
      await orgs.joins.leave(auth.user, body.orgId, id)
      return ok({})
    },
  )
  app.get(
    '/wx/org/members',
    {
      schema: {
        ...SCHEMA,
        summary: 'My colleagues, by name',
        querystring: MembersParams,
        response: { 200: Ok(MembersResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => {
      const { items, ...rest } = await orgs.members.list(auth.user, query)
      return ok({ ...rest, items: items.map(toMember) })
    },
  )
  app.get(
    '/wx/org/departments',
    {
      schema: {
        ...SCHEMA,
        summary: 'The departments of my company',
        querystring: OrgParams,
        response: { 200: Ok(DepartmentsResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => {
      const found = await orgs.departments.list(auth.user, query.orgId)
      const departments = found.map(({ publicId, name, sort, people, version }) => ({
        id: publicId,
        name,
        sort,
        people,
        version,
      }))
      return ok({ departments })
    },
  )
}
