import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { FaultInput } from '../faults/fault.ts'
import type { World } from '../world.ts'
import { checkSession, login, viewPerson } from './actions.ts'
import { ControlError } from './control-error.ts'
import { guardControl } from './guard.ts'
import type { AppInput as AppInputType } from './schemas.ts'
import * as Schemas from './schemas.ts'

/** The control API, under a prefix of the caller's choice. */
export const controlRoutes =
  (world: World): FastifyPluginCallback =>
  (app, _options, done) => {
    app.addHook('onRequest', guardControl)
    app.removeContentTypeParser('text/plain')
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ message: error.message }),
    )
    app.setNotFoundHandler(() => {
      throw new ControlError(404, 'No such control call')
    })
    registerPeople(app, world)
    registerFaults(app, world)
    registerTime(app, world)
    done()
  }

const registerPeople = (app: FastifyInstance, world: World) => {
  app.get('/apps', async () => world.platform.apps.list().map(withoutSecret))
  app.post<{ Body: Schemas.AppInput }>('/apps', body(Schemas.AppInput), async (request) =>
    withoutSecret(world.platform.apps.put(request.body)),
  )
  app.get('/people', async () =>
    world.platform.people.list().map((person) => viewPerson(person, world.platform)),
  )
  app.post<{ Body: Schemas.PersonRequest }>(
    '/people',
    body(Schemas.PersonRequest),
    async (request) => viewPerson(world.platform.people.put(request.body), world.platform),
  )
  app.post<{ Body: Schemas.LoginRequest }>('/login', body(Schemas.LoginRequest), async (request) =>
    login(request.body, world.platform),
  )
  app.post<{ Body: Schemas.CheckSessionRequest }>(
    '/check-session',
    body(Schemas.CheckSessionRequest),
    async (request) => checkSession(request.body, world.platform),
  )
}

const registerFaults = (app: FastifyInstance, world: World) => {
  app.get('/faults', async () => world.faults.list())
  app.post<{ Body: FaultInput }>('/faults', body(FaultInput), async (request) =>
    world.faults.add(request.body),
  )
  app.delete('/faults', async () => {
    world.faults.clear()
    return {}
  })
  app.get<{ Querystring: { path?: string; since?: string } }>(
    '/calls',
    { schema: { querystring: Schemas.CallsQuery } },
    async ({ query: { path, since } }) =>
      world.calls.list({
        ...(path === undefined ? {} : { path }),
        ...(since === undefined ? {} : { since: Number(since) }),
      }),
  )
}

const registerTime = (app: FastifyInstance, world: World) => {
  app.get('/clock', async () => ({ now: world.platform.clock.now() }))
  app.post<{ Body: { ms: number } }>('/clock', body(Schemas.AdvanceRequest), async (request) => {
    world.platform.clock.advance(request.body.ms)
    return { now: world.platform.clock.now() }
  })
  app.post('/reset', async () => {
    world.reset()
    return {}
  })
}

const body = (schema: object) => ({ schema: { body: schema } })

const withoutSecret = ({ secret: _secret, ...app }: AppInputType) => app
