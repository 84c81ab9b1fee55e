import type { LoginEventStore } from './login-events.ts'
import type { PersonalDataStore } from './personal-data.ts'
import type { SessionStore } from './sessions.ts'
import type { UserStore } from './users.ts'

/** The truth about people and sessions, on MySQL, MariaDB or SQLite alike. */
export type Database = {
  users: UserStore
  sessions: SessionStore
  loginEvents: LoginEventStore
  personalData: PersonalDataStore
  /** Rejects with `DatabaseUnavailable` unless the database answers now. */
  check(): Promise<void>
  close(): Promise<void>
}

/** The database cannot be reached or did not answer in time; nothing is known to have been written. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}
