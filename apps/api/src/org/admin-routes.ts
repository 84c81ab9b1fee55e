import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AddDepartmentRequest,
  AdminMember,
  AdminMembersParams,
  AdminMembersResult,
  AuditParams,
  AuditResult,
  DecideJoinRequest,
  DepartmentResult,
  EmptyResult,
  InvitationCodeRequest,
  InvitationCodeResult,
  InvitationsResult,
  ItemParams,
  JoinRequestsParams,
  JoinRequestsResult,
  MadeInvitationResult,
  MakeInvitationRequest,
  Ok,
  OrgParams,
  PolicyResult,
  SendNoticeRequest,
  SentNoticeResult,
  UpdateDepartmentRequest,
  UpdateMemberRequest,
  UpdatePolicyRequest,
  VersionResult,
} from '@oa/contracts'
import type { TSchema } from 'typebox'
import { FAILURES, ok } from '../http/replies.ts'
import {
  toAdminMember,
  toInvitationItem,
  toJoinRequestItem,
  toPolicyResult,
} from './admin-result.ts'
import type { Orgs } from './service.ts'

const describe = <T extends TSchema>(summary: string, result: T) => ({
  tags: ['org'],
  security: [{ token: [] }],
  summary,
  response: { 200: Ok(result), ...FAILURES },
})

/** A company as its administrators run it; to be registered behind the guard. */
export const orgAdminRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (app, { orgs }) => {
  await app.register(invitationRoutes, { orgs })
  await app.register(peopleRoutes, { orgs })
  await app.register(structureRoutes, { orgs })
  await app.register(noticeRoutes, { orgs })
}

const invitationRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (
  app,
  { orgs: { invitations } },
) => {
  app.post(
    '/wx/admin/invitations',
    {
      schema: {
        ...describe('Make an invitation', MadeInvitationResult),
        body: MakeInvitationRequest,
      },
    },
    async ({ auth, body, id }) => {
      const { expiresAt, ...made } = await invitations.make(auth.user, body, id)
      return ok({ ...made, expiresAt: expiresAt.toISOString() })
    },
  )
  app.get(
    '/wx/admin/invitations',
    {
      schema: {
        ...describe('The hundred newest invitations', InvitationsResult),
        querystring: OrgParams,
      },
    },
    async ({ auth, query }) =>
      ok({ invitations: (await invitations.list(auth.user, query.orgId)).map(toInvitationItem) }),
  )
  app.delete(
    '/wx/admin/invitations/:id',
    { schema: { ...describe('Revoke an invitation', EmptyResult), params: ItemParams } },
    async ({ auth, params, id }) => {
      await invitations.revoke(auth.user, params.id, id)
      return ok({})
    },
  )
  app.post(
    '/wx/admin/invitations/:id/code',
    {
      schema: {
        ...describe('The mini-program code of an invitation', InvitationCodeResult),
        params: ItemParams,
        body: InvitationCodeRequest,
      },
    },
    async ({ auth, params, body }) =>
      ok({ picture: await invitations.drawPicture(auth.user, params.id, body.invitation) }),
  )
}

const peopleRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (
  app,
  { orgs: { members, requests } },
) => {
  app.get(
    '/wx/admin/join_requests',
    {
      schema: {
        ...describe('Who waits to be let in', JoinRequestsResult),
        querystring: JoinRequestsParams,
      },
    },
    async ({ auth, query }) => {
      const { items, ...rest } = await requests.list(auth.user, query)
      return ok({ ...rest, items: items.map(toJoinRequestItem) })
    },
  )
  app.post(
    '/wx/admin/join_requests/:id/decide',
    {
      schema: {
        ...describe('Accept or refuse a request to join', VersionResult),
        params: ItemParams,
        body: DecideJoinRequest,
      },
    },
    async ({ auth, params, body, id }) =>
      ok({ version: await requests.decide(auth.user, params.id, body, id) }),
  )
  app.get(
    '/wx/admin/members',
    {
      schema: {
        ...describe('The people of the company, those on the roster included', AdminMembersResult),
        querystring: AdminMembersParams,
      },
    },
    async ({ auth, query }) => {
      const { items, ...rest } = await members.listAll(auth.user, query)
      return ok({ ...rest, items: items.map(toAdminMember) })
    },
  )
  app.get(
    '/wx/admin/members/:id',
    { schema: { ...describe('One of them', AdminMember), params: ItemParams } },
    async ({ auth, params }) => ok(toAdminMember(await members.read(auth.user, params.id))),
  )
  app.post(
    '/wx/admin/members/:id',
    {
      schema: {
        ...describe('Change a member, unless they were changed since that version', VersionResult),
        params: ItemParams,
        body: UpdateMemberRequest,
      },
    },
    async ({ auth, params, body, id }) =>
      ok({ version: await members.update(auth.user, params.id, body, id) }),
  )
}

const structureRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (
  app,
  { orgs: { departments, settings } },
) => {
  app.post(
    '/wx/admin/departments',
    {
      schema: {
        ...describe('Add a department', DepartmentResult),
        body: AddDepartmentRequest,
      },
    },
    async ({ auth, body, id }) => {
      const { publicId, version } = await departments.add(auth.user, body, id)
      return ok({ id: publicId, version })
    },
  )
  app.post(
    '/wx/admin/departments/:id',
    {
      schema: {
        ...describe('Rename or move a department', DepartmentResult),
        params: ItemParams,
        body: UpdateDepartmentRequest,
      },
    },
    async ({ auth, params, body, id }) =>
      ok({
        id: params.id,
        version: await departments.update(auth.user, params.id, body, id),
      }),
  )
  app.delete(
    '/wx/admin/departments/:id',
    { schema: { ...describe('Remove a department', EmptyResult), params: ItemParams } },
    async ({ auth, params, id }) => {
      await departments.remove(auth.user, params.id, id)
      return ok({})
    },
  )
  app.get(
    '/wx/admin/policy',
    { schema: { ...describe('The rules of the company', PolicyResult), querystring: OrgParams } },
    async ({ auth, query }) =>
      ok(toPolicyResult(await settings.readPolicy(auth.user, query.orgId))),
  )
  app.post(
    '/wx/admin/policy',
    {
      schema: {
        ...describe('Change the rules of the company', PolicyResult),
        body: UpdatePolicyRequest,
      },
    },
    async ({ auth, body, id }) =>
      ok(toPolicyResult(await settings.changePolicy(auth.user, body, id))),
  )
  app.get(
    '/wx/admin/audit',
    {
      schema: {
        ...describe('The hundred newest entries of the record', AuditResult),
        querystring: AuditParams,
      },
    },
    async ({ auth, query }) => {
      const events = await settings.listEvents(auth.user, query)
      const items = events.map(({ at, kind, actor, subject, about, detail }) => ({
        at: at.toISOString(),
        kind,
        actor,
        subject,
        about,
        detail,
      }))
      return ok({ items })
    },
  )
}

const noticeRoutes: FastifyPluginAsyncTypebox<{ orgs: Orgs }> = async (
  app,
  { orgs: { notices } },
) => {
  app.post(
    '/wx/admin/notices',
    {
      schema: {
        ...describe('Send a notice to every member, or to some departments', SentNoticeResult),
        body: SendNoticeRequest,
      },
    },
    async ({ auth, body, id }) => ok({ reach: await notices.send(auth.user, body, id) }),
  )
}
