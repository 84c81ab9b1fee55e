import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { MeetingCounts } from '@oa/contracts'
import { Ok, ProfileResult, UpdateProfileRequest, UserIndexResult } from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import { readUpload, UPLOAD_LIMITS } from '../http/upload.ts'
import type { Joins } from '../org/join.ts'
import { toMembershipResult } from '../org/membership-result.ts'
import { maskPhone } from '../phone/number.ts'
import type { Sessions } from '../sessions/service.ts'
import type { User } from '../users/user.ts'
import { toUserInfo } from '../users/user-info.ts'
import type { CentreStore } from './centre-sql.ts'
import { toNotice, toProfileResult } from './profile-result.ts'
import type { Profiles } from './service.ts'

const SCHEMA = { tags: ['user'], security: [{ token: [] }] }

type Options = {
  sessions: Sessions
  centre: CentreStore
  profiles: Profiles
  joins: Pick<Joins, 'mine'>
  /** What waits for the user in meetings; null for who belongs nowhere. */
  countMeetings(user: User): Promise<MeetingCounts | null>
}

/** The personal centre; to be registered behind the guard. */
export const profileRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { sessions, centre, profiles, joins, countMeetings },
) => {
  app.get(
    '/wx/user/index',
    {
      schema: {
        ...SCHEMA,
        summary: 'What the personal centre shows',
        response: { 200: Ok(UserIndexResult), ...FAILURES },
      },
    },
    async ({ auth }) => {
      const { user } = auth
      const [live, { phone, userLevel, profileNotice }, mine, meetingCounts] = await Promise.all([
        sessions.listLive(auth),
        centre.find(user.id),
        joins.mine(user),
        countMeetings(user),
      ])
      return ok({
        userInfo: toUserInfo(user),
        mobile: phone === null ? null : maskPhone(phone),
        userLevel,
        memberSince: user.addTime.toISOString(),
        lastLoginAt: user.lastLoginTime.toISOString(),
        notice: toNotice(profileNotice),
        meetingCounts,
        memberships: mine.map(toMembershipResult),
        // At least the session that asks, even if it ends in this very moment.
        deviceCount: Math.max(live.length, 1),
      })
    },
  )
  app.get(
    '/wx/user/profile',
    {
      schema: {
        ...SCHEMA,
        summary: 'My profile, with the version that an edit names',
        response: { 200: Ok(ProfileResult), ...FAILURES },
      },
    },
    async ({ auth }) => ok(toProfileResult(await profiles.read(auth))),
  )
  app.route({
    // wx.request has no PATCH.
    method: ['PATCH', 'POST'],
    url: '/wx/user/profile',
    schema: {
      ...SCHEMA,
      summary: 'Edit my profile, unless it was edited elsewhere since that version',
      body: UpdateProfileRequest,
      response: { 200: Ok(ProfileResult), ...FAILURES },
    },
    handler: async ({ auth, body }) => ok(toProfileResult(await profiles.edit(auth, body))),
  })
  await app.register(async (uploads) => {
    await uploads.register(multipart, { limits: UPLOAD_LIMITS })
    uploads.post(
      '/wx/user/avatar',
      {
        schema: {
          ...SCHEMA,
          summary: 'Upload my picture: one file of jpeg, png or webp, at most 1 MiB',
          consumes: ['multipart/form-data'],
          response: { 200: Ok(ProfileResult), ...FAILURES },
        },
      },
      async (request) => {
        const file = await readUpload(request)
        return ok(toProfileResult(await profiles.setPicture(request.auth, file)))
      },
    )
  })
}
