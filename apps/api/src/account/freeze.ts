import { commandLine } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { UserStore } from '../users/sql.ts'
import type { User, UserKey } from '../users/user.ts'
import type { AccountStore } from './sql.ts'
import type { FreezeReason, StatusChange } from './status-change.ts'
import { freezing, unfreezing } from './status-change.ts'

type Deps = {
  users: Pick<UserStore, 'findByKey'>
  store: Pick<AccountStore, 'setStatus'>
  revocations: Revocations
  clock: Clock
  audit: AuditLog
}

export type AccountChange = { user: User; ended: number; everywhere: boolean }

/** The owner closed the account and its data is gone: it can be neither frozen nor given back. */
export class AccountClosed extends Error {
  override readonly name = 'AccountClosed'
}

export type Accounts = ReturnType<typeof createAccounts>

/** What operators do to accounts. Null when there is no such user; `AccountClosed` when it is over. */
export const createAccounts = ({ users, store, revocations, clock, audit }: Deps) => {
  const change = async (
    kind: 'frozen' | 'unfrozen',
    key: UserKey,
    statusChange: StatusChange,
  ): Promise<AccountChange | null> => {
    const user = await users.findByKey(key)
    if (user === null) return null
    const { ids, everywhere } = await revocations.ending(user, () =>
      store.setStatus(user.id, statusChange, new Date(clock.now())),
    )
    if (ids === null) throw new AccountClosed('The account was closed by its owner.')
    await audit.record({ kind, outcome: 'ok' }, { user, session: null }, commandLine(user))
    return { user, ended: ids.length, everywhere }
  }
  return {
    /** Ends every session of the user, on every node within a second. */
    freeze: (key: UserKey, reason?: FreezeReason) => change('frozen', key, freezing(reason)),
    unfreeze: (key: UserKey) => change('unfrozen', key, unfreezing()),
  }
}
