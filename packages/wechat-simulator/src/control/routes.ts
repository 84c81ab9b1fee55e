import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { FaultInput } from '../faults/fault.ts'
import { mergeSettings } from '../platform/settings.ts'
import type { ClientKey, UserEncryptKey } from '../platform/user-encrypt-keys.ts'
import type { World } from '../world.ts'
import {
  changeApp,
  checkSession,
  endSession,
  login,
  requireApp,
  requirePerson,
  viewApp,
  viewPages,
  viewPerson,
} from './actions.ts'
import { changeCertificate, getCertificates } from './api-security.ts'
import { getUserInfo, tapPhoneButton } from './client-answers.ts'
import { answerPrivacy, getPrivacySetting, requestPrivacy } from './consent.ts'
import { ControlError } from './control-error.ts'
import { sendEvents } from './events.ts'
import { guardControl } from './guard.ts'
import { sendPage } from './page.ts'
import { addVerdict, checkAvatar, checkNickname } from './profile-checks.ts'
import { push, pushUserEntry, pushUserEvent, pushUserMessage } from './push-actions.ts'
import type { RouteKit } from './route-kit.ts'
import { createRouteKit } from './route-kit.ts'
import * as Schemas from './schemas/index.ts'
import { changeSetting, getSetting } from './settings-page.ts'
import { viewState } from './state.ts'
import { offerSubscribe, requestSubscribe } from './subscribe.ts'
import { compileLazily } from './validator.ts'

type Refusal = Error & Partial<Pick<ControlError, 'statusCode' | 'errcode'>>

/** The control API and the control page, under a prefix of the caller's choice. */
export const controlRoutes =
  (world: World): FastifyPluginCallback =>
  (app, _options, done) => {
    app.setValidatorCompiler(compileLazily)
    app.addHook('onRequest', guardControl)
    app.addHook('onResponse', async ({ method }) => {
      if (method !== 'GET') world.changes.notify()
    })
    app.removeContentTypeParser('text/plain')
    app.setErrorHandler(({ statusCode = 500, message, errcode }: Refusal, _request, reply) =>
      reply.code(statusCode).send({ message, ...(errcode === undefined ? {} : { errcode }) }),
    )
    app.all('/*', async () => {
      throw new ControlError(404, 'No such control call')
    })
    const kit = createRouteKit(app)
    registerPeople(kit, world)
    registerConsent(kit, world)
    registerPush(kit, world)
    registerWorld(kit, world)
    registerViews(app, world)
    done()
  }

const registerPeople = ({ get, post }: RouteKit, world: World) => {
  get('/apps', () => world.platform.apps.list().map(viewApp))
  post('/apps', Schemas.AppInput, (app) => viewApp(world.platform.apps.put(app)))
  post('/apps/change', Schemas.AppChange, (change) => changeApp(change, world.platform))
  post('/platform-certificates', Schemas.AppRequest, (request) =>
    getCertificates(request, world.platform),
  )
  post('/platform-certificates/change', Schemas.CertificateChange, (change) =>
    changeCertificate(change, world.platform),
  )
  get('/people', () =>
    world.platform.people.list().map((person) => viewPerson(person, world.platform)),
  )
  post('/people', Schemas.PersonRequest, (person) =>
    viewPerson(world.platform.people.put(person), world.platform),
  )
  post('/login', Schemas.LoginRequest, (request) => login(request, world.platform))
  post('/page-view', Schemas.PageViewRequest, (request) => viewPages(request, world.platform))
  post('/check-session', Schemas.CheckSessionRequest, (request) =>
    checkSession(request, world.platform),
  )
  post('/phone-code', Schemas.PhoneCodeRequest, (request) =>
    tapPhoneButton(request, world.platform),
  )
  post('/user-info', Schemas.UserInfoRequest, (request) => getUserInfo(request, world.platform))
  post('/end-session', Schemas.LoginRequest, (request) => endSession(request, world.platform))
  post('/check-nickname', Schemas.NicknameRequest, (request) =>
    checkNickname(request, world.platform),
  )
  post('/check-avatar', Schemas.AvatarRequest, (request) => checkAvatar(request, world.platform))
}

const registerConsent = ({ get, post }: RouteKit, world: World) => {
  post('/privacy-setting', Schemas.LoginRequest, (request) =>
    getPrivacySetting(request, world.platform),
  )
  post('/privacy-request', Schemas.PrivacyRequest, (request) =>
    requestPrivacy(request, world.platform),
  )
  post('/privacy-answer', Schemas.PrivacyAnswerRequest, (request) =>
    answerPrivacy(request, world.platform),
  )
  post('/templates', Schemas.TemplateInput, (template) => {
    requireApp(template.appid, world.platform)
    return world.platform.subscriptions.addTemplate(template)
  })
  post('/subscribe-offer', Schemas.SubscribeOfferRequest, (request) =>
    offerSubscribe(request, world.platform),
  )
  post('/subscribe', Schemas.SubscribeRequest, (request) =>
    requestSubscribe(request, world.platform),
  )
  post('/setting', Schemas.LoginRequest, (request) => getSetting(request, world.platform))
  post('/setting/change', Schemas.SettingChange, (change) => changeSetting(change, world.platform))
  get('/messages', () => world.platform.messages.list())
  post('/user-encrypt-key', Schemas.LoginRequest, ({ appid, person }) => {
    const app = requireApp(appid, world.platform)
    const { name } = requirePerson(person, world.platform)
    return toClientKey(world.platform.userEncryptKeys.latest(app.appid, name))
  })
}

const toClientKey = ({ encryptKey, iv, version, expiresAt }: UserEncryptKey): ClientKey => ({
  encryptKey,
  iv,
  version,
  expireTime: Math.floor(expiresAt / 1000),
})

const registerPush = ({ get, post }: RouteKit, world: World) => {
  post('/push', Schemas.PushRequest, (request) => push(request, world.platform))
  post('/user-event', Schemas.UserEventRequest, (request) => pushUserEvent(request, world.platform))
  post('/user-message', Schemas.UserMessageRequest, (request) =>
    pushUserMessage(request, world.platform),
  )
  post('/user-enter', Schemas.LoginRequest, (request) => pushUserEntry(request, world.platform))
  post('/verify-push', Schemas.AppRequest, async ({ appid }) => ({
    ok: await world.platform.pushes.verify(requireApp(appid, world.platform)),
  }))
  get('/pushes', () => world.platform.pushes.list())
  post('/verdicts', Schemas.VerdictInput, (rule) => addVerdict(rule, world.platform))
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
