import type { WeChatEvent } from '@oa/wechat'
import type { Logger } from 'pino'
import { uuidv7 } from 'uuidv7'
import { createOwnData } from './account/own-data.ts'
import { createApp } from './app.ts'
import { createCheckInCodes } from './attendance/code.ts'
import { createLive } from './attendance/live.ts'
import { createCodePictures } from './attendance/pictures.ts'
import { createScreens } from './attendance/screens.ts'
import { createAttendance } from './attendance/service.ts'
import { createAuditAnchor } from './audit/operator-audit.ts'
import { createEventSweep } from './audit/retention.ts'
import type { Config } from './config/load-config.ts'
import { createMessages } from './consents/messages.ts'
import type { Consents } from './consents/service.ts'
import { createConsents } from './consents/service.ts'
import { checkTemplates } from './consents/template-check.ts'
import type { Core } from './core.ts'
import { openCore } from './core.ts'
import { createGreeter } from './demo/greeting.ts'
import { withDemoOrg } from './demo/newcomers.ts'
import { createHealth } from './http/health.ts'
import { createBackground } from './infra/background.ts'
import { openPictureStore } from './infra/picture-store/open-picture-store.ts'
import { openPlaces } from './infra/places.ts'
import { createRecurring } from './infra/recurring.ts'
import { createSessionKeySeal } from './infra/sealing/session-key-seal.ts'
import { createOperatorAlert } from './infra/wechat/operator-alert.ts'
import { createPushInbox } from './infra/wechat/push-inbox.ts'
import { createWeChats } from './infra/wechat/wechats.ts'
import { createInternalService } from './internal/service.ts'
import { createInvitations } from './invitation/service.ts'
import { createShareIds } from './invitation/share-id.ts'
import { createMeetings } from './meetings/service.ts'
import { createAnnounce } from './messages/announce.ts'
import { createDeliver } from './messages/deliver.ts'
import { openMetrics, watchServer } from './metrics.ts'
import { createInbox } from './notices/service.ts'
import { allowEveryText } from './org/judge-text.ts'
import { createOrgs } from './org/service.ts'
import { gently } from './outbox/gently.ts'
import { createOutboxWorker } from './outbox/worker.ts'
import { createPhoneBudget } from './phone/budget.ts'
import { createKnownCodes } from './phone/known-codes.ts'
import { createPhoneProofs } from './phone/proof.ts'
import { createPhones } from './phone/service.ts'
import { createPhoneLogin } from './phone-sign-in/service.ts'
import type { ContentChecks } from './profile/content-checks.ts'
import { createContentChecks } from './profile/content-checks.ts'
import { createRenderPicture } from './profile/render-picture.ts'
import { createProfiles } from './profile/service.ts'
import { createPushHandler } from './push/handler.ts'
import { createPushRetryQueue } from './push/retry-queue.ts'
import { createRooms } from './rooms/service.ts'
import { createNewDevices } from './sessions/new-devices.ts'
import { createSessions } from './sessions/service.ts'
import { createSessionSweep } from './sessions/sweep.ts'
import { createAttempt } from './sign-in/attempt.ts'
import { createLoginLimit } from './sign-in/login-limit.ts'
import { createLogin } from './sign-in/service.ts'
import { createVotes } from './votes/service.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** With its jitter at least daily. */
const ANCHOR_MS = 12 * HOUR_MS
const EVENT_SWEEP = 'removing old login events'
const MEETINGS_EVERY_MS = 10_000
const PICTURES_AT_ONCE = 500
const REMOVED_AT_ONCE = 500
const DEVICES_PAGE = 'pages/ucenter/devices/devices'

/** The whole API, not yet listening: that is up to the caller. `app.close()` closes all of it. */
export const createServer = async (config: Config, log: Logger) => {
  const placeOf = await openPlaces(config.placesFile)
  const metrics = await openMetrics(config.metrics)
  const { meter } = metrics
  const core = await openCore(config, log, { meter })
  const { stores, shared, leases, revocations, audit } = core
  const { users, clock } = stores
  const { apps, baseUrl } = config.wechat
  const wechats = createWeChats(apps, ({ appId }) => ({
    baseUrl,
    tokenStore: shared.tokenStore,
    onCall: ({ path, durationMs, outcome, errcode }) =>
      meter.wechatCall({ endpoint: path, outcome, errcode, seconds: durationMs / 1_000 }),
    onEvent: (event) => log[isGood(event) ? 'info' : 'warn']({ appId, event }, 'WeChat'),
  }))
  const background = createBackground(log)
  const alertOperator = createOperatorAlert(log)
  const seal = createSessionKeySeal(config.sessionKeys)
  const sessions = createSessions({
    idleMs: config.sessions.idleMs,
    clock,
    store: stores.sessions,
    leases,
    revocations,
    audit,
    background,
  })
  const checks =
    config.contentCheck === null
      ? null
      : createContentChecks({
          ...config.contentCheck,
          wechats,
          store: stores.profiles,
          users,
          revocations,
          clock,
          background,
          log,
        })
  const pictures = openPictureStore(config.pictures)
  const profiles = createProfiles({
    store: stores.profiles,
    pictures,
    render: createRenderPicture(),
    checks,
    revocations,
    counter: shared.quotaCounter,
    clock,
  })
  const templates = config.messageTemplates
  const messages = createMessages({ templates, store: stores.consents, wechats, clock, log })
  const consents = createConsents({
    templates,
    countedBy: config.push === null ? 'client' : 'wechat',
    store: stores.consents,
    users,
    counter: shared.quotaCounter,
    clock,
    log,
  })
  const delivery = { store: stores.messages, messages, clock }
  const outbox = createOutboxWorker({
    store: stores.outbox,
    handlers: { announcement: gently(createAnnounce(delivery)), message: createDeliver(delivery) },
    workerId: uuidv7(),
    background,
    clock,
    log,
    meter,
  })
  const newDevices = createNewDevices({
    store: stores.newDevices,
    tell: (user, { deviceName: device, createdAt: time, ip }) =>
      messages.send(user, 'new_device', { device, time, ip }, DEVICES_PAGE),
    background,
    clock,
  })
  background.run('checking WX_TEMPLATES', () => checkTemplates({ templates, wechats, log }))
  const loginLimit = createLoginLimit(shared.rateCounter, config.loginLimit)
  const shareIds = createShareIds({ keys: config.jwtKeys })
  const invitations = createInvitations({ shareIds, users, clock, log })
  const attempt = createAttempt({
    findInviter: invitations.findInviter,
    limit: loginLimit,
    lifetimes: config.sessions,
    clock,
    wechats,
    nameAdded: (user) => checks?.nameAdded(user),
    signedInAnew: newDevices.signedIn,
    seal,
    revocations,
    audit,
    background,
    alertOperator,
  })
  const proofs = createPhoneProofs({
    wechats,
    knownCodes: createKnownCodes({ store: shared.expiringStore, seal }),
    budget: createPhoneBudget({ counter: shared.quotaCounter, ...config.phoneBudget }),
    alertOperator,
  })
  const sweep = createSessionSweep({
    background,
    store: stores.sessions,
    keepMs: config.keepSessionsMs,
    meter,
  })
  const phones = createPhones({
    proofs,
    store: stores.phones,
    keys: stores.sessions,
    seal,
    sessions,
    clock,
    audit,
  })
  const ownData = createOwnData({
    personalData: stores.personalData,
    accounts: stores.accounts,
    users,
    counter: shared.quotaCounter,
    clock,
    revocations,
    audit,
  })
  const judge = checks?.judgeText ?? allowEveryText
  const orgs = createOrgs({
    stores: stores.orgs,
    judge,
    keys: config.sessionKeys,
    wechats,
    counter: shared.quotaCounter,
    clock,
  })
  const meetings = createMeetings({
    access: orgs.access,
    stores: stores.meetings,
    membersOf: orgs.membersOf,
    judge,
    clock,
  })
  const votes = createVotes({
    access: orgs.access,
    stores: stores.votes,
    meetingViewer: meetings.viewer,
    membersOf: orgs.membersOf,
    judge,
    clock,
  })
  const live = createLive({ store: stores.attendance, clock })
  const codes = createCheckInCodes(config.sessionKeys)
  const codePictures = createCodePictures(codes)
  const { viewer, requireReason } = meetings
  const attendance = createAttendance({
    viewer,
    store: stores.attendance,
    codes,
    pictures: codePictures,
    live,
    requireReason,
    counter: shared.quotaCounter,
    clock,
  })
  const screens = createScreens({
    viewer,
    store: stores.screens,
    live,
    pictures: codePictures,
    keys: config.sessionKeys,
    wechats,
    clock,
  })
  const rooms = createRooms({
    access: orgs.access,
    store: stores.rooms,
    findOwnMeeting: meetings.findOwn,
    judge,
    clock,
    newId: uuidv7,
  })
  const { demoOrg } = config
  const greeter = createGreeter({
    store: stores.demo,
    meetings,
    votes,
    rooms,
    clock,
    newId: uuidv7,
  })
  const { founding, joins: memberships } = stores.orgs
  const demo = { joins: orgs.joins, founding, memberships, greeter, clock, newId: uuidv7, log }
  const joins = demoOrg === null ? orgs.joins : withDemoOrg({ ...demo, orgName: demoOrg })
  const inbox = createInbox({ store: stores.inbox, membersOf: orgs.membersOf, clock })
  const health = createHealth({ database: stores, feed: shared.feed, wechats })
  const push = createPush(config, core, { checks, consents }, log)
  const app = await createApp(config, log, {
    clock,
    login: createLogin({ attempt, signIn: stores.signIn }),
    phoneLogin: createPhoneLogin({
      attempt,
      users,
      proofs,
      signIn: stores.phoneSignIn,
      audit,
    }),
    loginLimit,
    sessions,
    newDevices,
    placeOf,
    consents,
    phones,
    profiles,
    centre: stores.centre,
    invitations,
    orgs: { ...orgs, joins },
    meetings,
    votes,
    attendance,
    screens,
    rooms,
    inbox,
    ownData,
    health,
    counters: shared,
    meter,
    internal: createInternalService({ wechats, users, audit, alertOperator }),
    push,
  })
  const watch = watchServer({ meter, config, core, wechats, queue: push?.queue ?? null })
  const every = (name: string, everyMs: number, work: () => Promise<unknown>) =>
    createRecurring({ background, name, everyMs, work, meter })
  const anchorAudit = createAuditAnchor({ store: stores.operatorAudit, log })
  background.run('anchoring the operator audit', anchorAudit)
  const eventSweeps =
    config.keepEventsDays === null
      ? []
      : [createEventSweep(stores.loginEvents, config.keepEventsDays)]
  for (const sweepEvents of eventSweeps) background.run(EVENT_SWEEP, sweepEvents)
  const recurring = [
    sweep,
    ...watch.recurring.map(({ name, everyMs, work }) => every(name, everyMs, work)),
    every('anchoring the operator audit', ANCHOR_MS, anchorAudit),
    outbox,
    every('removing what the outbox has done', HOUR_MS, () => outbox.removeOld()),
    every('moving meetings and votes on', MEETINGS_EVERY_MS, async () => {
      // A vote that is open keeps its meeting from ending.
      await votes.closeByTime()
      await meetings.moveByTime()
    }),
    every('reminding of meetings', MEETINGS_EVERY_MS, () => meetings.remindOfStarts()),
    every('removing old notices', HOUR_MS, () => inbox.removeOld()),
    every('removing old links for projectors', HOUR_MS, () => screens.removeOld()),
    every('removing past slots of rooms', HOUR_MS, () =>
      stores.rooms.removePast(new Date(clock.now())),
    ),
    ...eventSweeps.map((sweepEvents) => every(EVENT_SWEEP, HOUR_MS, sweepEvents)),
    every('removing old pictures', MINUTE_MS, () => profiles.removeExpired(PICTURES_AT_ONCE)),
    every('removing old notices and pushes', MINUTE_MS, async () => {
      await newDevices.removeOld(REMOVED_AT_ONCE)
      await consents.forgetPushes(REMOVED_AT_ONCE)
    }),
    every('checking content', MINUTE_MS, async () => checks?.runDue()),
  ]
  for (const one of recurring) one.start()
  app.addHook('onClose', async () => {
    for (const one of recurring) one.stop()
    push?.queue.stop()
    await background.settle()
    await wechats.close()
    await pictures.close()
    await core.close()
    await metrics.close()
  })
  return {
    app,
    health,
    metrics,
    stores,
    accounts: core.accounts,
    profiles,
    checks,
    messages,
    consents,
    newDevices,
    meetings,
    votes,
    outbox,
  }
}

const isGood = (event: WeChatEvent) => event.type === 'token' && event.action === 'renewed'

/** Null when message push is off. */
const createPush = (
  { wechat: { apps }, push }: Config,
  core: Core,
  { checks, consents }: { checks: ContentChecks | null; consents: Consents },
  log: Logger,
) => {
  if (push === null) return null
  const { stores, shared, revocations, audit } = core
  const { users, accounts, clock } = stores
  const handler = createPushHandler({
    users,
    accounts,
    revocations,
    clock,
    audit,
    log,
    onConsent: consents.onPush,
    onVerdict: async (verdict) => (await checks?.onVerdict(verdict)) ?? false,
  })
  const { dedupeStore } = shared
  const inboxes = new Map(
    apps.map(({ appId }) => [appId, createPushInbox({ ...push, appId, dedupeStore })]),
  )
  return {
    inboxOf: (appId = apps[0].appId) => inboxes.get(appId) ?? null,
    queue: createPushRetryQueue(handler, log),
  }
}
