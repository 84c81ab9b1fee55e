import type { Logger } from 'pino'
import { createAccounts } from './account/freeze.ts'
import { createPersonalDataStore } from './account/personal-data-sql.ts'
import { createAccountStore } from './account/sql.ts'
import { createScreenStore } from './attendance/screens-sql.ts'
import { createAttendanceStore } from './attendance/sql.ts'
import { createOperatorAuditStore } from './audit/operator-sql.ts'
import { createAuditLog } from './audit/service.ts'
import { createLoginEventStore } from './audit/sql.ts'
import type { Config } from './config/load-config.ts'
import { createConsentStore } from './consents/sql.ts'
import { createDemoStore } from './demo/sql.ts'
import type { DatabaseOptions } from './infra/database/open-database.ts'
import { openDatabase } from './infra/database/open-database.ts'
import type { Meter } from './infra/metrics/meter.ts'
import { silentMeter } from './infra/metrics/meter.ts'
import { openSharedState } from './infra/shared-state/shared-state.ts'
import { meetingDuties } from './meetings/leaving-sql.ts'
import { createMeetingStores } from './meetings/stores.ts'
import { createMessageStore } from './messages/sql.ts'
import { createInboxStore } from './notices/sql.ts'
import { joinDuties } from './org/duties.ts'
import { createOrgStores } from './org/sql.ts'
import { createOutboxOperatorStore } from './outbox/operator-sql.ts'
import { createOutboxStore } from './outbox/sql.ts'
import { createPhoneStore } from './phone/sql.ts'
import { createPhoneSignIn } from './phone-sign-in/sql.ts'
import { createCentreStore } from './profile/centre-sql.ts'
import { createProfileStore } from './profile/sql.ts'
import { createRoomStore } from './rooms/sql.ts'
import { createSessionLeases } from './sessions/leases.ts'
import { createNewDeviceStore } from './sessions/new-device-sql.ts'
import { createRevocations } from './sessions/revocation.ts'
import { createSessionCache } from './sessions/session-cache.ts'
import { createSessionStore } from './sessions/sql.ts'
import { groupSignIns } from './sign-in/group.ts'
import { createUserStore } from './users/sql.ts'
import { meetingVotes } from './votes/meeting-votes.ts'
import { createVoteStores } from './votes/stores.ts'
import { voteDuties } from './votes/strike-sql.ts'

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
    consents: createConsentStore(engine),
    newDevices: createNewDeviceStore(engine),
    loginEvents: createLoginEventStore(engine),
    operatorAudit: createOperatorAuditStore(engine),
    orgs: createOrgStores(engine, joinDuties(meetingDuties, voteDuties)),
    rooms: createRoomStore(engine),
    meetings: createMeetingStores(engine, meetingVotes),
    votes: createVoteStores(engine),
    attendance: createAttendanceStore(engine),
    screens: createScreenStore(engine),
    inbox: createInboxStore(engine),
    demo: createDemoStore(engine),
    outbox: createOutboxStore(engine),
    outboxOperator: createOutboxOperatorStore(engine),
    messages: createMessageStore(engine),
    clock,
    check,
    close,
  }
}

/** The database of this configuration; a failed connection is logged. */
export const openConfiguredStores = (config: Config, log: Logger, meter: Meter = silentMeter) =>
  openStores({
    ...config.database,
    meter,
    onConnectionError(err) {
      meter.databaseConnectionFailed()
      log.warn({ err }, 'a database connection failed')
    },
    onDrift: (aheadMs) =>
      log.warn({ aheadMs }, 'the clock of this machine is not that of the database, which counts'),
  })

export type Core = Awaited<ReturnType<typeof openCore>>

/** What the server and the command line both stand on; its opener closes it. */
export const openCore = async (
  config: Config,
  log: Logger,
  { heartbeat = true, meter = silentMeter }: { heartbeat?: boolean; meter?: Meter } = {},
) => {
  const stores = await openConfiguredStores(config, log, meter)
  const shared = await openSharedState({
    redisUrl: config.redisUrl,
    heartbeat,
    meter,
    onChange: (up, err) =>
      up ? log.info('Redis is back') : log.warn({ err }, 'Redis is away: going on without it'),
  })
  const cache = shared.cache === null ? null : createSessionCache(shared.cache)
  const leases = createSessionLeases({ sessions: stores.sessions, cache, feed: shared.feed })
  const revocations = createRevocations({
    cache: shared.cache,
    feed: shared.feed,
    revoke: leases.revoke,
    meter,
  })
  const { users, clock } = stores
  const audit = createAuditLog({ events: stores.loginEvents, clock, log, meter })
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
