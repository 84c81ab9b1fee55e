import type { Logger } from 'pino'
import { createAccounts } from './account/freeze.ts'
import { createPersonalDataStore } from './account/personal-data-sql.ts'
import { createAccountStore } from './account/sql.ts'
import { createAuditLog } from './audit/service.ts'
import { createLoginEventStore } from './audit/sql.ts'
import type { Config } from './config/load-config.ts'
import type { DatabaseOptions } from './infra/database/open-database.ts'
import { openDatabase } from './infra/database/open-database.ts'
import { openSharedState } from './infra/shared-state/shared-state.ts'
import { createPhoneStore } from './phone/sql.ts'
import { createPhoneSignIn } from './phone-sign-in/sql.ts'
import { createCentreStore } from './profile/centre-sql.ts'
import { createProfileStore } from './profile/sql.ts'
import { createSessionLeases } from './sessions/leases.ts'
import { createRevocations } from './sessions/revocation.ts'
import { createSessionCache } from './sessions/session-cache.ts'
import { createSessionStore } from './sessions/sql.ts'
import { groupSignIns } from './sign-in/group.ts'
import { createUserStore } from './users/sql.ts'

export type Stores = Awaited<ReturnType<typeof openStores>>

/** The database with what every feature reads and writes in it; its opener closes it. */
export const openStores = async (options: DatabaseOptions) => {
  const { engine, clock, check, close } = await openDatabase(options)
  return {
    users: createUserStore(engine),
    sessions: createSessionStore(engine),
    signIn: groupSignIns(engine),
    phoneSignIn: createPhoneSignIn(engine),
    accounts: createAccountStore(engine),
    personalData: createPersonalDataStore(engine),
    phones: createPhoneStore(engine),
    profiles: createProfileStore(engine),
    centre: createCentreStore(engine),
    loginEvents: createLoginEventStore(engine),
    clock,
    check,
    close,
  }
}

/** The database of this configuration; a failed connection is logged. */
export const openConfiguredStores = (config: Config, log: Logger) =>
  openStores({
    ...config.database,
    onConnectionError: (err) => log.warn({ err }, 'a database connection failed'),
    onDrift: (aheadMs) =>
      log.warn({ aheadMs }, 'the clock of this machine is not that of the database, which counts'),
  })

export type Core = Awaited<ReturnType<typeof openCore>>

/** What the server and the command line both stand on; its opener closes it. */
export const openCore = async (
  config: Config,
  log: Logger,
  { heartbeat = true }: { heartbeat?: boolean } = {},
) => {
  const stores = await openConfiguredStores(config, log)
  const shared = await openSharedState({
    redisUrl: config.redisUrl,
    heartbeat,
    onChange: (up, err) =>
      up ? log.info('Redis is back') : log.warn({ err }, 'Redis is away: going on without it'),
  })
  const cache = shared.cache === null ? null : createSessionCache(shared.cache)
  const leases = createSessionLeases({ sessions: stores.sessions, cache, feed: shared.feed })
  const revocations = createRevocations({
    cache: shared.cache,
    feed: shared.feed,
    revoke: leases.revoke,
  })
  const { appId } = config.wechat
  const { users, clock } = stores
  const audit = createAuditLog({ events: stores.loginEvents, clock, appId, log })
  const accounts = createAccounts({ users, store: stores.accounts, revocations, clock, audit })

  return {
    stores,
    shared,
    leases,
    revocations,
    audit,
    accounts,
    async close() {
      await revocations.close()
      await shared.close()
      await stores.close()
    },
  }
}
