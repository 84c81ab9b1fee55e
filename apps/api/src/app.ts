import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config/load-config.ts'
import { httpOptions, limitConnections } from './http-options.ts'
import auth from './plugins/auth.ts'
import docs from './plugins/docs.ts'
import drain from './plugins/drain.ts'
import errorReplies, { sendFailure, toFailure } from './plugins/error-replies.ts'
import jsonBody from './plugins/json-body.ts'
import loginLimit from './plugins/login-limit.ts'
import rateLimits from './plugins/rate-limits.ts'
import requestLog from './plugins/request-log.ts'
import securityHeaders, { setConstantHeaders } from './plugins/security-headers.ts'
import serviceGuard from './plugins/service-guard.ts'
import unknownRoutes from './plugins/unknown-routes.ts'
import type { PushInbox } from './ports/push-inbox.ts'
import type { Counters } from './ports/rate-counter.ts'
import { authRoutes } from './routes/auth.ts'
import { healthRoutes } from './routes/health.ts'
import { internalRoutes } from './routes/internal.ts'
import { ownDataRoutes } from './routes/own-data.ts'
import { phoneRoutes } from './routes/phone.ts'
import { pushRoutes } from './routes/push.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { userRoutes } from './routes/user.ts'
import type { Health } from './services/health.ts'
import type { Internal } from './services/internal.ts'
import type { Login } from './services/login.ts'
import type { OwnData } from './services/own-data.ts'
import type { Phones } from './services/phones.ts'
import type { PunctualDuties } from './services/punctual-duties.ts'
import type { Sessions } from './services/sessions.ts'

export type AppServices = {
  login: Login
  sessions: Sessions
  phones: Phones
  ownData: OwnData
  health: Health
  counters: Counters
  internal: Internal
  /** Null when message push is off. */
  push: { inbox: PushInbox; duties: PunctualDuties } | null
}

/** The HTTP side: plugins, then public routes, then private ones behind the guard. */
export const createApp = async (
  config: Config,
  log: Logger,
  { login, sessions, phones, ownData, health, counters, internal, push }: AppServices,
) => {
  const app = fastify({
    ...httpOptions(config),
    loggerInstance: log,
    frameworkErrors: (error, request, reply) =>
      void sendFailure(setConstantHeaders(request, reply), toFailure(error)),
  }).withTypeProvider<TypeBoxTypeProvider>()
  limitConnections(app.server)

  await app.register(drain, { health })
  await app.register(errorReplies)
  await app.register(requestLog)
  await app.register(securityHeaders)
  await app.register(unknownRoutes)
  await app.register(jsonBody)
  await app.register(rateLimits, { counter: counters.rateCounter })
  await app.register(loginLimit, config.loginLimit)
  await app.register(auth, {
    keys: config.jwtKeys,
    sessions,
    idleMs: config.sessions.idleMs,
  })
  if (config.http.docs) await app.register(docs)

  await app.register(healthRoutes, { health })
  await app.register(authRoutes, { login })
  await app.register(async (own: FastifyInstance) => {
    own.addHook('onRequest', own.requireLogin)
    await own.register(sessionRoutes, { sessions })
    await own.register(userRoutes, { sessions, phones })
    await own.register(phoneRoutes, { phones })
    await own.register(ownDataRoutes, { ownData })
  })
  if (push !== null) await app.register(pushRoutes, push)
  if (config.internal !== null) {
    const counter = counters.shareCounter
    await app.register(serviceGuard, { ...config.internal, counter, internal })
    await app.register(async (services: FastifyInstance) => {
      services.addHook('onRequest', services.requireService)
      await services.register(internalRoutes, { internal })
    })
  }
  return app
}
