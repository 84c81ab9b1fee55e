import type { Audit } from '../audit/service.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { User, UserName, UserStore } from '../users/user.ts'
import type { DisableCode } from './disable-reasons.ts'
import { DISABLE_REASONS } from './disable-reasons.ts'

const COMMAND_LINE = { ip: '', userAgent: 'command line', requestId: 'command-line' }

type Deps = { users: UserStore; revocations: Revocations; audit: Audit }

export type AccountChange = { user: User; ended: number; everywhere: boolean }

export type FreezeReason = {
  code?: DisableCode
  /** What the person is told, in place of what goes with the code. */
  text?: string
  /** For operators; the person never sees it. */
  note?: string
}

/** Its owner ended it, and what it held is gone: there is nothing to freeze or to give back. */
export class AccountClosed extends Error {
  override readonly name = 'AccountClosed'
}

/** What operators do to accounts. Null when there is no such person; `AccountClosed` when it is over. */
export type Accounts = {
  /** Ends every session of the person, on every node within a second. */
  freeze(name: UserName, reason?: FreezeReason): Promise<AccountChange | null>
  unfreeze(name: UserName): Promise<AccountChange | null>
}

export const createAccounts = ({ users, revocations, audit }: Deps): Accounts => {
  type Change = Omit<Parameters<UserStore['setStatus']>[0], 'userId' | 'at'>
  const setStatus = async (name: UserName, change: Change) => {
    const user = await users.findByName(name)
    if (user === null) return null
    const ids = await users.setStatus({ userId: user.id, ...change, at: new Date() })
    if (ids === null) throw new AccountClosed('The account was closed by its owner.')
    const everywhere = await revocations.announce(ids)
    const kind = change.status === 0 ? 'unfrozen' : 'frozen'
    await audit.record({ kind, outcome: 'ok' }, { user, session: null }, COMMAND_LINE)
    return { user, ended: ids.length, everywhere }
  }
  return {
    freeze: (name, { code = 'other', text, note } = {}) =>
      setStatus(name, {
        ...{ status: 1, code, note: note ?? null },
        reason: text ?? DISABLE_REASONS[code],
      }),
    unfreeze: (name) => setStatus(name, { status: 0, reason: null }),
  }
}
