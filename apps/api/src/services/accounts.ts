import type { User, UserName, UserStatus, UserStore } from '../ports/users.ts'
import type { Audit } from './audit.ts'
import type { Revocations } from './revocations.ts'

const COMMAND_LINE = { ip: '', userAgent: 'command line', requestId: 'command-line' }

type Deps = { users: UserStore; revocations: Revocations; audit: Audit }

export type AccountChange = { user: User; ended: number; everywhere: boolean }

/** What operators do to accounts. Null when there is no such person. */
export type Accounts = {
  /** Ends every session of the person, on every node within a second. */
  freeze(name: UserName, reason: string | null): Promise<AccountChange | null>
  unfreeze(name: UserName): Promise<AccountChange | null>
}

export const createAccounts = ({ users, revocations, audit }: Deps): Accounts => {
  const setStatus = async (name: UserName, status: UserStatus, reason: string | null) => {
    const user = await users.findByName(name)
    if (user === null) return null
    const ids = await users.setStatus({ userId: user.id, status, reason, at: new Date() })
    const everywhere = await revocations.announce(ids)
    const kind = status === 0 ? 'unfrozen' : 'frozen'
    await audit.record({ kind, outcome: 'ok' }, { user, session: null }, COMMAND_LINE)
    return { user, ended: ids.length, everywhere }
  }
  return {
    freeze: (name, reason) => setStatus(name, 1, reason),
    unfreeze: (name) => setStatus(name, 0, null),
  }
}
