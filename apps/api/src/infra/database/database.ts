import type { PersonalDataStore } from '../../account/personal-data.ts'
import type { LoginEventStore } from '../../audit/login-event.ts'
import type { SessionStore } from '../../sessions/session.ts'
import type { UserStore } from '../../users/user.ts'

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
