import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import type { Logger } from 'pino'
import type { OwnData } from './account/own-data.ts'
import { accountRoutes } from './account/routes.ts'
import { attendanceRoutes } from './attendance/routes.ts'
import { screenLinkRoutes, screenRoutes } from './attendance/screen-routes.ts'
import type { Screens } from './attendance/screens.ts'
import type { Attendance } from './attendance/service.ts'
import { compatRoutes } from './compat/routes.ts'
import type { Config } from './config/load-config.ts'
import { consentRoutes } from './consents/routes.ts'
import type { Consents } from './consents/service.ts'
import appOfRequest from './http/app-of-request.ts'
import connections from './http/connections.ts'
import docs from './http/docs.ts'
import drain from './http/drain.ts'
import errorReplies, { sendFailure, toFailure } from './http/error-replies.ts'
import handlerTimeout from './http/handler-timeout.ts'
import type { Health } from './http/health.ts'
import { healthRoutes } from './http/health-routes.ts'
import jsonBody from './http/json-body.ts'
import { HANDLER_TIMEOUT_MS, httpOptions } from './http/options.ts'
import overload from './http/overload.ts'
import rateLimits from './http/rate-limits.ts'
import requestLog from './http/request-log.ts'
import { createRequestLogger } from './http/request-logger.ts'
import requestMetrics from './http/request-metrics.ts'
import securityHeaders, { setConstantHeaders } from './http/security-headers.ts'
import unknownRoutes from './http/unknown-routes.ts'
import type { Clock } from './infra/database/clock.ts'
import type { Meter } from './infra/metrics/meter.ts'
import type { PlaceOf } from './infra/places.ts'
import type { Counters } from './infra/shared-state/counter.ts'
import type { PushInbox } from './infra/wechat/push-inbox.ts'
import serviceGuard from './internal/guard.ts'
import { internalRoutes } from './internal/routes.ts'
import type { InternalService } from './internal/service.ts'
import { invitationRoutes } from './invitation/routes.ts'
import type { Invitations } from './invitation/service.ts'
import { meetingActionRoutes } from './meetings/action-routes.ts'
import { homeRoutes, meetingRoutes } from './meetings/routes.ts'
import type { Meeting } from './meetings/rows.ts'
import type { Meetings } from './meetings/service.ts'
import { isOrganiser } from './meetings/transitions.ts'
import type { Viewed } from './meetings/viewer.ts'
import { inboxRoutes } from './notices/routes.ts'
import type { Inbox } from './notices/service.ts'
import { orgAdminRoutes } from './org/admin-routes.ts'
import { orgInvitationRoutes, orgRoutes } from './org/routes.ts'
import type { Orgs } from './org/service.ts'
import { phoneRoutes } from './phone/routes.ts'
import type { Phones } from './phone/service.ts'
import { phoneSignInRoutes } from './phone-sign-in/routes.ts'
import type { PhoneLogin } from './phone-sign-in/service.ts'
import type { CentreStore } from './profile/centre-sql.ts'
import { pictureRoutes } from './profile/picture-routes.ts'
import { profileRoutes } from './profile/routes.ts'
import type { Profiles } from './profile/service.ts'
import type { PushRetryQueue } from './push/retry-queue.ts'
import { pushRoutes } from './push/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import type { Rooms } from './rooms/service.ts'
import auth from './sessions/guard.ts'
import type { NewDevices } from './sessions/new-devices.ts'
import { sessionRoutes } from './sessions/routes.ts'
import type { Sessions } from './sessions/service.ts'
import type { LoginLimit } from './sign-in/login-limit.ts'
import { signInRoutes } from './sign-in/routes.ts'
import type { Login } from './sign-in/service.ts'
import type { User } from './users/user.ts'
import { voteActionRoutes } from './votes/action-routes.ts'
import { voteRoutes } from './votes/routes.ts'
import type { Votes } from './votes/service.ts'
import { toVoteItem } from './votes/vote-result.ts'

export type AppServices = {
  clock: Clock
  login: Login
  phoneLogin: PhoneLogin
  loginLimit: LoginLimit
  sessions: Sessions
  newDevices: NewDevices
  placeOf: PlaceOf
  consents: Consents
  phones: Phones
  profiles: Profiles
  centre: CentreStore
  invitations: Invitations
  orgs: Orgs
  meetings: Meetings
  votes: Votes
  attendance: Attendance
  screens: Screens
  rooms: Rooms
  inbox: Inbox
  ownData: OwnData
  health: Health
  counters: Counters
  meter: Meter
  internal: InternalService
  /** Null when message push is off. */
  push: { inboxOf(appId?: string): PushInbox | null; queue: PushRetryQueue } | null
}

/** The HTTP side: plugins, then public routes, then private ones behind the guard. */
export const createApp = async (
  config: Config,
  log: Logger,
  {
    clock,
    login,
    phoneLogin,
    loginLimit,
    sessions,
    newDevices,
    placeOf,
    consents,
    phones,
    profiles,
    centre,
    invitations,
    orgs,
    meetings,
    votes,
    attendance,
    screens,
    rooms,
    inbox,
    ownData,
    health,
    counters,
    meter,
    internal,
    push,
  }: AppServices,
) => {
  const countMeetings = async (user: User) => {
    const members = await orgs.membersOf(user)
    const [counts, voting, unread] = await Promise.all([
      meetings.lists.counts(members),
      votes.lists.countToCast(members),
      inbox.countUnread(members),
    ])
    return counts && { ...counts, voting, unread }
  }
  const openVotes = async (members: readonly number[]) =>
    (await votes.lists.open(members)).map(toVoteItem)
  const votesOf = async ({ meeting, actor, roles }: Viewed) => {
    const standing = { memberId: actor.id, organiser: isOrganiser(roles) }
    return (await votes.lists.ofMeeting(meeting.id, standing)).map(toVoteItem)
  }
  const countClosedVotes = ({ id, endedAt }: Meeting) => votes.lists.countClosedWith(id, endedAt)
  const app = fastify({
    ...httpOptions(config),
    loggerInstance: log,
    childLoggerFactory: (_log, bindings, options) => createRequestLogger(log, bindings, options),
    frameworkErrors: (error, request, reply) =>
      void sendFailure(setConstantHeaders(request, reply), toFailure(error)),
  }).withTypeProvider<TypeBoxTypeProvider>()

  await app.register(handlerTimeout, { ms: HANDLER_TIMEOUT_MS })
  await app.register(drain, { health })
  await app.register(errorReplies)
  await app.register(requestLog)
  await app.register(requestMetrics, { meter })
  await app.register(securityHeaders)
  await app.register(connections, { most: config.http.maxConnections, meter })
  await app.register(overload, { ...config.overload, meter, underWay: app.underWay })
  await app.register(unknownRoutes)
  await app.register(jsonBody)
  const [first, ...others] = config.wechat.apps
  await app.register(appOfRequest, { appIds: [first.appId, ...others.map(({ appId }) => appId)] })
  await app.register(rateLimits, { counter: counters.rateCounter })
  await app.register(auth, {
    keys: config.jwtKeys,
    sessions,
    clock,
    idleMs: config.sessions.idleMs,
  })
  if (config.http.docs) {
    // Only the simulator accepts the code of a person's name.
    const signInExample = config.wechat.simulated ? { code: 'e2e-carol' } : null
    await app.register(docs, { signInExample })
  }

  await app.register(healthRoutes, { health })
  await app.register(pictureRoutes, { profiles })
  await app.register(orgInvitationRoutes, { orgs })
  await app.register(homeRoutes, { meetings, inbox, openVotes, membersOf: orgs.membersOf })
  await app.register(screenRoutes, { screens })
  await app.register(signInRoutes, { login, limit: loginLimit })
  await app.register(phoneSignInRoutes, { phoneLogin, limit: loginLimit })
  if (config.compatRoutes) await app.register(compatRoutes, { login, limit: loginLimit })
  await app.register(async (own: FastifyInstance) => {
    own.addHook('onRequest', own.requireLogin)
    await own.register(sessionRoutes, { sessions, newDevices, placeOf })
    await own.register(consentRoutes, { consents })
    await own.register(profileRoutes, {
      sessions,
      centre,
      profiles,
      joins: orgs.joins,
      countMeetings,
    })
    await own.register(invitationRoutes, { invitations })
    await own.register(phoneRoutes, { phones })
    await own.register(accountRoutes, { ownData })
    await own.register(orgRoutes, { orgs })
    await own.register(orgAdminRoutes, { orgs })
    await own.register(meetingRoutes, { meetings, votesOf })
    await own.register(meetingActionRoutes, { meetings, countClosedVotes })
    await own.register(voteRoutes, { votes })
    await own.register(voteActionRoutes, { votes })
    await own.register(attendanceRoutes, { attendance })
    await own.register(screenLinkRoutes, { screens, publicUrl: config.publicUrl })
    await own.register(roomRoutes, { rooms })
    await own.register(inboxRoutes, { inbox })
  })
  if (push !== null) await app.register(pushRoutes, push)
  if (config.internal !== null) {
    const counter = counters.quotaCounter
    await app.register(serviceGuard, { ...config.internal, counter, internal })
    await app.register(async (services: FastifyInstance) => {
      services.addHook('onRequest', services.requireService)
      await services.register(internalRoutes, { internal })
    })
  }
  return app
}
