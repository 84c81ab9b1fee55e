import type { WeChatEvent } from '@oa/wechat'
import { createMemoryPushLedger, createMemoryTokenStore } from '@oa/wechat'
import type { Logger } from 'pino'
import type { Accounts } from './account/freeze.ts'
import { createAccounts } from './account/freeze.ts'
import { createOwnData } from './account/own-data.ts'
import { createApp } from './app.ts'
import { createAudit } from './audit/service.ts'
import type { Config } from './config/load-config.ts'
import { createHealth } from './http/health.ts'
import { createBackground } from './infra/background.ts'
import { openDatabase } from './infra/database/open-database.ts'
import { createMemoryCounters } from './infra/shared-state/memory-counter.ts'
import { createLocalRevocationFeed } from './infra/shared-state/memory-revocation-feed.ts'
import { openRedis } from './infra/shared-state/open-redis.ts'
import { createAlarm } from './infra/wechat/operator-alert.ts'
import { createPushInbox } from './infra/wechat/push-inbox.ts'
import { createWeChat } from './infra/wechat/wechat.ts'
import { createInternal } from './internal/service.ts'
import { createPhoneBudget } from './phone/budget.ts'
import { createPhones } from './phone/service.ts'
import { createPushDuties } from './push/handlers.ts'
import { createPunctualDuties } from './push/retry-queue.ts'
import { createLiveSessions } from './sessions/leases.ts'
import { createRevocations } from './sessions/revocation.ts'
import { createSessions } from './sessions/service.ts'
import { createSessionKeySeal } from './sessions/session-key-seal.ts'
import { createSessionSweep } from './sessions/sweep.ts'
import { createLogin } from './sign-in/service.ts'

/** The database alone, for what no node needs to hear of; whoever opens it closes it. */
export const openTruth = (config: Config, log: Logger) =>
  openDatabase({
    ...config.database,
    onConnectionError: (err) => log.warn({ err }, 'a database connection failed'),
  })

/** What the server and the command line both stand on; whoever opens it closes it. */
export const openCore = async (config: Config, log: Logger) => {
  const database = await openTruth(config, log)
  const meeting = await openMeetingPlace(config, log)
  const live = createLiveSessions({ sessions: database.sessions, ...meeting })
  const revocations = createRevocations({ ...meeting, forget: live.forget })
  const { appId } = config.wechat
  const audit = createAudit({ events: database.loginEvents, appId, log })
  const accounts: Accounts = createAccounts({ users: database.users, revocations, audit })

  return {
    ...{ database, meeting, live, revocations, audit, accounts },
    async close() {
      await revocations.close()
      await meeting.close()
      await database.close()
    },
  }
}

/** Listens on no port yet: that is up to whoever made it. `app.close()` closes all of it. */
export const createServer = async (config: Config, log: Logger) => {
  const core = await openCore(config, log)
  const { database, meeting, live, revocations, audit } = core
  const { appId } = config.wechat
  const wechat = createWeChat({
    ...config.wechat,
    tokenStore: meeting.tokenStore,
    onEvent: (event) => log[isGood(event) ? 'info' : 'warn']({ event }, 'WeChat'),
  })
  const background = createBackground(log)
  const alarm = createAlarm(log)
  const seal = createSessionKeySeal(config.sessionKeys)
  const sessions = createSessions({
    ...{ appId, live, revocations, audit, background },
    idleMs: config.sessions.idleMs,
    store: database.sessions,
  })
  const login = createLogin({
    ...{ appId, wechat, revocations, audit, background, alarm, seal },
    lifetimes: config.sessions,
    sessions: database.sessions,
  })
  const sweep = createSessionSweep({
    ...{ background, store: database.sessions },
    keepMs: config.keepSessionsMs,
  })
  const phones = createPhones({
    ...{ wechat, sessions, seal, audit, alarm, users: database.users, keys: database.sessions },
    budget: createPhoneBudget({ appId, counter: meeting.shareCounter, ...config.phoneBudget }),
  })
  const ownData = createOwnData({
    ...{ appId, revocations, audit, users: database.users },
    store: database.personalData,
    counter: meeting.shareCounter,
  })
  const health = createHealth({ database, feed: meeting.feed, wechat })
  const push = createPush(config, core, log)
  const app = await createApp(config, log, {
    ...{ login, sessions, phones, ownData, health },
    internal: createInternal({ appId, wechat, audit, alarm, users: database.users }),
    push,
    counters: meeting,
  })
  sweep.start()
  app.addHook('onClose', async () => {
    sweep.stop()
    push?.duties.stop()
    await background.settle()
    await wechat.close()
    await core.close()
  })
  return { app, health, accounts: core.accounts }
}

const isGood = (event: WeChatEvent) => event.type === 'token' && event.action === 'renewed'

type Core = Awaited<ReturnType<typeof openCore>>

const createPush = ({ wechat: { appId }, push }: Config, core: Core, log: Logger) => {
  if (push === null) return null
  const { database, meeting, revocations, audit } = core
  const duties = createPushDuties({ appId, users: database.users, revocations, audit, log })
  return {
    inbox: createPushInbox({ ...push, appId, ledger: meeting.pushLedger }),
    duties: createPunctualDuties(duties, log),
  }
}

/** Redis, where nodes meet; without it this process stands alone. */
const openMeetingPlace = async ({ redisUrl }: Config, log: Logger) => {
  const counters = createMemoryCounters()
  if (redisUrl === null) {
    const feed = createLocalRevocationFeed()
    const pushLedger = createMemoryPushLedger()
    const tokenStore = createMemoryTokenStore()
    return { cache: null, feed, ...counters, pushLedger, tokenStore, close: () => feed.close() }
  }
  return openRedis(redisUrl, {
    fallback: counters,
    onChange: (up, err) =>
      up ? log.info('Redis is back') : log.warn({ err }, 'Redis is away: going on without it'),
  })
}
