import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { FaultInput } from '../faults/fault.ts'
import { mergeSettings } from '../platform/settings.ts'
import type { World } from '../world.ts'
import { changeApp, checkSession, endSession, login, viewApp, viewPerson } from './actions.ts'
import { getUserInfo, tapPhoneButton } from './client-answers.ts'
import { ControlError } from './control-error.ts'
import { sendEvents } from './events.ts'
import { guardControl } from './guard.ts'
import { sendPage } from './page.ts'
import type { RouteKit } from './route-kit.ts'
import { createRouteKit } from './route-kit.ts'
import * as Schemas from './schemas.ts'
import { viewState } from './state.ts'

/** The control API and the control page, under a prefix of the caller's choice. */
export const controlRoutes =
  (world: World): FastifyPluginCallback =>
  (app, _options, done) => {
    app.addHook('onRequest', guardControl)
    app.addHook('onResponse', async ({ method }) => {
      if (method !== 'GET') world.changes.tell()
    })
    app.removeContentTypeParser('text/plain')
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ message: error.message }),
    )
    app.all('/*', async () => {
      throw new ControlError(404, 'No such control call')
    })
    const kit = createRouteKit(app)
    registerPeople(kit, world)
    registerWorld(kit, world)
    registerViews(app, world)
    done()
  }

const registerPeople = ({ get, post }: RouteKit, world: World) => {
  get('/apps', () => world.platform.apps.list().map(viewApp))
  post('/apps', Schemas.AppInput, (app) => viewApp(world.platform.apps.put(app)))
  post('/apps/change', Schemas.AppChange, (change) => changeApp(change, world.platform))
  get('/people', () =>
    world.platform.people.list().map((person) => viewPerson(person, world.platform)),
  )
  post('/people', Schemas.PersonRequest, (person) =>
    viewPerson(world.platform.people.put(person), world.platform),
  )
  post('/login', Schemas.LoginRequest, (request) => login(request, world.platform))
  post('/check-session', Schemas.CheckSessionRequest, (request) =>
    checkSession(request, world.platform),
  )
  post('/phone-code', Schemas.PhoneCodeRequest, (request) =>
    tapPhoneButton(request, world.platform),
  )
  post('/user-info', Schemas.UserInfoRequest, (request) => getUserInfo(request, world.platform))
  post('/end-session', Schemas.LoginRequest, (request) => endSession(request, world.platform))
}

const registerWorld = ({ get, post, remove }: RouteKit, world: World) => {
  get('/faults', () => world.faults.list())
  post('/faults', FaultInput, (fault) => world.faults.add(fault))
  remove('/faults', () => {
    world.faults.clear()
    return {}
  })
  get('/clock', () => ({ now: world.platform.clock.now() }))
  post('/clock', Schemas.AdvanceRequest, ({ ms }) => {
    world.platform.clock.advance(ms)
    return { now: world.platform.clock.now() }
  })
  get('/settings', () => world.platform.settings)
  post('/settings', Schemas.SettingsRequest, (settings) => {
    world.platform.settings = mergeSettings(world.platform.settings, settings)
    return world.platform.settings
  })
  post('/reset', Schemas.Nothing, () => {
    world.reset()
    return {}
  })
}

const registerViews = (app: FastifyInstance, world: World) => {
  app.get('/', async (_request, reply) => sendPage(reply))
  app.get('/state', async () => viewState(world))
  app.get('/events', async (_request, reply) => sendEvents(reply, world.changes))
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
