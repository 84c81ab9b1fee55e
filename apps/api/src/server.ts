import type { WeChatEvent } from '@oa/wechat'
import type { Logger } from 'pino'
import { createOwnData } from './account/own-data.ts'
import { createApp } from './app.ts'
import type { Config } from './config/load-config.ts'
import type { Core } from './core.ts'
import { openCore } from './core.ts'
import { createHealth } from './http/health.ts'
import { createBackground } from './infra/background.ts'
import { openPictureStore } from './infra/picture-store/open-picture-store.ts'
import { createRecurring } from './infra/recurring.ts'
import { createSessionKeySeal } from './infra/sealing/session-key-seal.ts'
import { createOperatorAlert } from './infra/wechat/operator-alert.ts'
import { createPushInbox } from './infra/wechat/push-inbox.ts'
import { createWeChat } from './infra/wechat/wechat.ts'
import { createInternalService } from './internal/service.ts'
import { createInvitations } from './invitation/service.ts'
import { createShareIds } from './invitation/share-id.ts'
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
import { createSessions } from './sessions/service.ts'
import { createSessionSweep } from './sessions/sweep.ts'
import { createAttempt } from './sign-in/attempt.ts'
import { createLoginLimit } from './sign-in/login-limit.ts'
import { createLogin } from './sign-in/service.ts'

const MINUTE_MS = 60_000
const PICTURES_AT_ONCE = 500

/** The whole API, not yet listening: that is up to the caller. `app.close()` closes all of it. */
export const createServer = async (config: Config, log: Logger) => {
  const core = await openCore(config, log)
  const { stores, shared, leases, revocations, audit } = core
  const { users, clock } = stores
  const { appId } = config.wechat
  const wechat = createWeChat({
    ...config.wechat,
    tokenStore: shared.tokenStore,
    onEvent: (event) => log[isGood(event) ? 'info' : 'warn']({ event }, 'WeChat'),
  })
  const background = createBackground(log)
  const alertOperator = createOperatorAlert(log)
  const seal = createSessionKeySeal(config.sessionKeys)
  const sessions = createSessions({
    appId,
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
          wechat,
          store: stores.profiles,
          users,
          revocations,
          clock,
          background,
          log,
        })
  const pictures = openPictureStore(config.pictures)
  const profiles = createProfiles({
    appId,
    store: stores.profiles,
    pictures,
    render: createRenderPicture(),
    checks,
    revocations,
    counter: shared.quotaCounter,
    clock,
  })
  const loginLimit = createLoginLimit(shared.rateCounter, config.loginLimit)
  const shareIds = createShareIds({ keys: config.jwtKeys, appId })
  const invitations = createInvitations({ appId, shareIds, users, clock, log })
  const attempt = createAttempt({
    appId,
    findInviter: invitations.findInviter,
    limit: loginLimit,
    lifetimes: config.sessions,
    clock,
    wechat,
    nameAdded: (user) => checks?.nameAdded(user),
    seal,
    revocations,
    audit,
    background,
    alertOperator,
  })
  const proofs = createPhoneProofs({
    wechat,
    knownCodes: createKnownCodes({ store: shared.expiringStore, seal }),
    budget: createPhoneBudget({ appId, counter: shared.quotaCounter, ...config.phoneBudget }),
    alertOperator,
  })
  const sweep = createSessionSweep({
    background,
    store: stores.sessions,
    keepMs: config.keepSessionsMs,
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
    appId,
    personalData: stores.personalData,
    accounts: stores.accounts,
    users,
    counter: shared.quotaCounter,
    clock,
    revocations,
    audit,
  })
  const health = createHealth({ database: stores, feed: shared.feed, wechat })
  const push = createPush(config, core, checks, log)
  const app = await createApp(config, log, {
    clock,
    login: createLogin({ attempt, signIn: stores.signIn }),
    phoneLogin: createPhoneLogin({
      appId,
      attempt,
      users,
      proofs,
      signIn: stores.phoneSignIn,
      audit,
    }),
    loginLimit,
    sessions,
    phones,
    profiles,
    centre: stores.centre,
    invitations,
    ownData,
    health,
    counters: shared,
    internal: createInternalService({ appId, wechat, users, audit, alertOperator }),
    push,
  })
  const recurring = [
    sweep,
    createRecurring({
      background,
      name: 'removing old pictures',
      everyMs: MINUTE_MS,
      work: () => profiles.removeExpired(PICTURES_AT_ONCE),
    }),
    createRecurring({
      background,
      name: 'checking content',
      everyMs: MINUTE_MS,
      work: async () => checks?.runDue(),
    }),
  ]
  for (const one of recurring) one.start()
  app.addHook('onClose', async () => {
    for (const one of recurring) one.stop()
    push?.queue.stop()
    await background.settle()
    await wechat.close()
    await pictures.close()
    await core.close()
  })
  return { app, health, accounts: core.accounts, profiles, checks }
}

const isGood = (event: WeChatEvent) => event.type === 'token' && event.action === 'renewed'

/** Null when message push is off. */
const createPush = (
  { wechat: { appId }, push }: Config,
  core: Core,
  checks: ContentChecks | null,
  log: Logger,
) => {
  if (push === null) return null
  const { stores, shared, revocations, audit } = core
  const { users, accounts, clock } = stores
  const handler = createPushHandler({
    appId,
    users,
    accounts,
    revocations,
    clock,
    audit,
    log,
    onVerdict: async (traceId, suggest) => (await checks?.onVerdict(traceId, suggest)) ?? false,
  })
  return {
    inbox: createPushInbox({ ...push, appId, dedupeStore: shared.dedupeStore }),
    queue: createPushRetryQueue(handler, log),
  }
}
