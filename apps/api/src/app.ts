import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import type { Logger } from 'pino'
import type { OwnData } from './account/own-data.ts'
import { accountRoutes } from './account/routes.ts'
import { compatRoutes } from './compat/routes.ts'
import type { Config } from './config/load-config.ts'
import docs from './http/docs.ts'
import drain from './http/drain.ts'
import errorReplies, { sendFailure, toFailure } from './http/error-replies.ts'
import handlerTimeout from './http/handler-timeout.ts'
import type { Health } from './http/health.ts'
import { healthRoutes } from './http/health-routes.ts'
import jsonBody from './http/json-body.ts'
import { HANDLER_TIMEOUT_MS, httpOptions, limitConnections } from './http/options.ts'
import rateLimits from './http/rate-limits.ts'
import requestLog from './http/request-log.ts'
import { createRequestLogger } from './http/request-logger.ts'
import securityHeaders, { setConstantHeaders } from './http/security-headers.ts'
import unknownRoutes from './http/unknown-routes.ts'
import type { Clock } from './infra/database/clock.ts'
import type { Counters } from './infra/shared-state/counter.ts'
import type { PushInbox } from './infra/wechat/push-inbox.ts'
import serviceGuard from './internal/guard.ts'
import { internalRoutes } from './internal/routes.ts'
import type { InternalService } from './internal/service.ts'
import { invitationRoutes } from './invitation/routes.ts'
import type { Invitations } from './invitation/service.ts'
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
import auth from './sessions/guard.ts'
import { sessionRoutes } from './sessions/routes.ts'
import type { Sessions } from './sessions/service.ts'
import type { LoginLimit } from './sign-in/login-limit.ts'
import { signInRoutes } from './sign-in/routes.ts'
import type { Login } from './sign-in/service.ts'

export type AppServices = {
  clock: Clock
  login: Login
  phoneLogin: PhoneLogin
  loginLimit: LoginLimit
  sessions: Sessions
  phones: Phones
  profiles: Profiles
  centre: CentreStore
  invitations: Invitations
  ownData: OwnData
  health: Health
  counters: Counters
  internal: InternalService
  /** Null when message push is off. */
  push: { inbox: PushInbox; queue: PushRetryQueue } | null
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
    phones,
    profiles,
    centre,
    invitations,
    ownData,
    health,
    counters,
    internal,
    push,
  }: AppServices,
) => {
  const app = fastify({
    ...httpOptions(config),
    loggerInstance: log,
    childLoggerFactory: (_log, bindings, options) => createRequestLogger(log, bindings, options),
    frameworkErrors: (error, request, reply) =>
      void sendFailure(setConstantHeaders(request, reply), toFailure(error)),
  }).withTypeProvider<TypeBoxTypeProvider>()
  limitConnections(app.server)

  await app.register(handlerTimeout, { ms: HANDLER_TIMEOUT_MS })
  await app.register(drain, { health })
  await app.register(errorReplies)
  await app.register(requestLog)
  await app.register(securityHeaders)
  await app.register(unknownRoutes)
  await app.register(jsonBody)
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
  await app.register(signInRoutes, { login, limit: loginLimit })
  await app.register(phoneSignInRoutes, { phoneLogin, limit: loginLimit })
  if (config.compatRoutes) await app.register(compatRoutes, { login, limit: loginLimit })
  await app.register(async (own: FastifyInstance) => {
    own.addHook('onRequest', own.requireLogin)
    await own.register(sessionRoutes, { sessions })
    await own.register(profileRoutes, { sessions, centre, profiles })
    await own.register(invitationRoutes, { invitations })
    await own.register(phoneRoutes, { phones })
    await own.register(accountRoutes, { ownData })
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
