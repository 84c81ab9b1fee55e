import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { accountDisabled, lastOwner, tooManyRequests, unlogin } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import { LastOwnerMissing } from '../org/closing-sql.ts'
import { requireRecentLogin } from '../sessions/recent-login.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { SessionWithUser } from '../sessions/session.ts'
import type { UserStore } from '../users/sql.ts'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import type { PersonalData } from './personal-data.ts'
import type { PersonalDataStore } from './personal-data-sql.ts'
import type { AccountStore } from './sql.ts'

const HOUR_MS = 3_600_000
const EXPORTS_PER_HOUR = 5
const MAX_EVENTS = 1_000

type Deps = {
  personalData: PersonalDataStore
  accounts: Pick<AccountStore, 'close'>
  users: Pick<UserStore, 'find'>
  counter: Counter
  clock: Clock
  revocations: Revocations
  audit: AuditLog
}

export type OwnData = ReturnType<typeof createOwnData>

/** The rights that the law gives users over their data. Both need a sign-in of the last five minutes. */
export const createOwnData = (deps: Deps) => {
  const { personalData, accounts, users, counter, clock, revocations, audit } = deps
  /** This node took the account for active, and it is not any more. */
  const inactiveError = async ({ user }: SessionWithUser) => {
    const now = await users.find(user.id)
    return now?.status === UserStatus.frozen ? accountDisabled(now.statusReason) : unlogin()
  }
  const countExport = async ({ appId, id }: User) => {
    const { current, ttl } = await counter.increment(`export:${appId}:${id}`, HOUR_MS)
    if (current > EXPORTS_PER_HOUR) throw tooManyRequests('export', ttl)
  }

  const audited = <T>(
    kind: 'exported' | 'closed',
    auth: SessionWithUser,
    caller: Caller,
    work: () => Promise<T>,
  ): Promise<T> =>
    audit.recordRefusal(REFUSED[kind], auth, caller, async () => {
      requireRecentLogin(auth.session, clock)
      const result = await work()
      await audit.record({ kind, outcome: 'ok' }, auth, caller)
      return result
    })

  return {
    /** Everything kept about the caller; five times an hour, then TOO_MANY_REQUESTS. */
    exportAll: (auth: SessionWithUser, caller: Caller): Promise<PersonalData> =>
      audited('exported', auth, caller, async () => {
        await countExport(auth.user)
        const data = await personalData.read(auth.user.id, { events: MAX_EVENTS })
        if (data === null) throw await inactiveError(auth)
        return data
      }),
    /**
     * Closes the caller's account for good. `everywhere` is false while other nodes could not be told;
     * they find out within a minute. Rejects with LAST_OWNER.
     */
    closeAccount: (auth: SessionWithUser, caller: Caller): Promise<{ everywhere: boolean }> =>
      audited('closed', auth, caller, async () => {
        const at = new Date(clock.now())
        const closing = { userId: auth.user.id, sessionId: auth.session.id, at }
        const { ids, everywhere } = await revocations.ending(auth.user, () =>
          accounts.close(closing).catch((error: unknown) => {
            throw error instanceof LastOwnerMissing ? lastOwner('closing') : error
          }),
        )
        if (ids === null) throw await inactiveError(auth)
        return { everywhere }
      }),
  }
}

const REFUSED = { exported: 'export_refused', closed: 'close_refused' } as const
