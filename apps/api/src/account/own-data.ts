import type { PersonalDataResult } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import type { Caller } from '../audit/caller.ts'
import type { Audit } from '../audit/service.ts'
import { accountDisabled, BusinessError, errnoName, unlogin } from '../errors/business-error.ts'
import type { RateCounter } from '../infra/shared-state/counter.ts'
import { requireFreshSignIn } from '../sessions/recent-login.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { KnownSession } from '../sessions/session-cache.ts'
import type { UserStore } from '../users/user.ts'
import type { PersonalData, PersonalDataStore } from './personal-data.ts'

const HOUR_MS = 3_600_000
const EXPORTS_PER_HOUR = 5
const MAX_EVENTS = 1_000

type Deps = {
  appId: string
  store: PersonalDataStore
  users: Pick<UserStore, 'find'>
  counter: RateCounter
  revocations: Revocations
  audit: Audit
}

/** What the law gives everybody over his data. Both need a sign-in of the last five minutes. */
export type OwnData = {
  /** Everything kept about the caller; five times an hour, then TOO_MANY_REQUESTS. */
  exportAll(known: KnownSession, caller: Caller): Promise<PersonalDataResult>
  /**
   * Closes the caller's account for good. `everywhere` is false while other nodes could not be told;
   * they find out within a minute.
   */
  closeAccount(known: KnownSession, caller: Caller): Promise<{ everywhere: boolean }>
}

export const createOwnData = (deps: Deps): OwnData => {
  const { appId, store, users, counter, revocations, audit } = deps
  /** This node took the account for usable, and it is not any more. */
  const whyUnusable = async ({ user }: KnownSession) => {
    const now = await users.find(user.id)
    return now?.status === FROZEN ? accountDisabled(now.statusReason) : unlogin()
  }
  const countExport = async (userId: number) => {
    const { current, ttl } = await counter.increment(`export:${appId}:${userId}`, HOUR_MS)
    if (current <= EXPORTS_PER_HOUR) return
    throw new BusinessError(ERRNO.TOO_MANY_REQUESTS, '导出过于频繁，请稍后再试', {
      retryAfterSeconds: Math.ceil(ttl / 1_000),
    })
  }

  const audited = async <T>(
    kind: 'exported' | 'closed',
    [known, caller]: [KnownSession, Caller],
    work: () => Promise<T>,
  ): Promise<T> => {
    try {
      requireFreshSignIn(known)
      const result = await work()
      await audit.record({ kind, outcome: 'ok' }, known, caller)
      return result
    } catch (error) {
      if (error instanceof BusinessError) {
        const what = { kind: REFUSED[kind], outcome: errnoName(error.errno) }
        await audit.record(what, known, caller)
      }
      throw error
    }
  }

  return {
    exportAll: (known, caller) =>
      audited('exported', [known, caller], async () => {
        await countExport(known.user.id)
        const data = await store.read(known.user.id, { events: MAX_EVENTS })
        if (data === null) throw await whyUnusable(known)
        return toResult(data, known.session.id)
      }),
    closeAccount: (known, caller) =>
      audited('closed', [known, caller], async () => {
        const closing = { userId: known.user.id, sessionId: known.session.id, at: new Date() }
        const ids = await store.close(closing)
        if (ids === null) throw await whyUnusable(known)
        return { everywhere: await revocations.announce(ids) }
      }),
  }
}

const REFUSED = { exported: 'export_refused', closed: 'close_refused' } as const

const FROZEN = 1

const toResult = (
  { account, sessions, events, eventsComplete }: PersonalData,
  currentId: string,
): PersonalDataResult => {
  const { birthday, phoneBoundAt, addTime, lastLoginTime, ...same } = account
  return {
    exportedAt: new Date().toISOString(),
    account: {
      ...same,
      birthday: birthday?.toISOString().slice(0, 'yyyy-mm-dd'.length) ?? null,
      phoneBoundAt: phoneBoundAt?.toISOString() ?? null,
      memberSince: addTime.toISOString(),
      lastLoginAt: lastLoginTime.toISOString(),
    },
    sessions: sessions.map((session) => toSession(session, currentId)),
    events: events.map(toEvent),
    eventsComplete,
  }
}

const toSession = (session: PersonalData['sessions'][number], currentId: string) => ({
  id: session.id,
  deviceName: session.deviceName,
  ip: session.ip,
  userAgent: session.userAgent,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: new Date(
    Math.min(session.idleExpiresAt.getTime(), session.absoluteExpiresAt.getTime()),
  ).toISOString(),
  endedAt: session.endedAt?.toISOString() ?? null,
  endedReason: session.endedReason,
  current: session.id === currentId,
})

/** Where another service of the company stands is nothing about the person it asked for. */
const toEvent = ({ at, kind, outcome, ip, userAgent }: PersonalData['events'][number]) => ({
  ...{ at: at.toISOString(), kind, outcome, userAgent },
  ip: kind === 'service_call' || kind === 'service_refused' ? '' : ip,
})
