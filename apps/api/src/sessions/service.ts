import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { notFound, unlogin } from '../errors/business-error.ts'
import type { Background } from '../infra/background.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { SessionLeases, TokenSubject } from './leases.ts'
import { refusalOf, touchOf } from './policy.ts'
import type { Revocations } from './revocation.ts'
import type { Session, SessionWithUser } from './session.ts'
import type { SessionStore } from './sql.ts'

type Deps = {
  idleMs: number
  clock: Clock
  store: SessionStore
  leases: SessionLeases
  revocations: Revocations
  audit: AuditLog
  background: Background
}

/** `everywhere` is false while other nodes could not be told; they find out within a minute. */
export type Ended = { ended: number; everywhere: boolean }

export type Sessions = ReturnType<typeof createSessions>

export const createSessions = (deps: Deps) => {
  const { clock, store, leases, revocations, audit } = deps
  const now = () => new Date(clock.now())
  const touch = createTouch(deps)

  return {
    /**
     * The live session of a verified token, for the mini-program of its user alone; rejects with UNLOGIN,
     * SESSION_ENDED or ACCOUNT_DISABLED.
     */
    async authenticate({ sid, sub }: TokenSubject, appId: string): Promise<SessionWithUser> {
      const found = await leases.find({ sid, sub })
      if (found === null || found.user.publicId !== sub || found.user.appId !== appId) {
        throw unlogin()
      }
      const nowMs = clock.now()
      const refusal = refusalOf(found, nowMs)
      if (refusal !== null) throw refusal
      touch(found, nowMs)
      return found
    },

    listLive: ({ user }: SessionWithUser): Promise<Session[]> => store.listLive(user.id, now()),

    async logout({ session, user }: SessionWithUser, caller: Caller): Promise<Ended> {
      const { ids, everywhere } = await revocations.ending(user, () =>
        store.end({ id: session.id, userId: user.id }, 'logout', now()),
      )
      await audit.record({ kind: 'logout', outcome: 'ok' }, { user, session }, caller)
      return { ended: ids.length, everywhere }
    },

    async logoutAll({ session, user }: SessionWithUser, caller: Caller): Promise<Ended> {
      const { ids, everywhere } = await revocations.ending(user, () =>
        store.endAll(user.id, 'logout_all', now()),
      )
      await audit.record({ kind: 'logout_all', outcome: 'ok' }, { user, session }, caller)
      return { ended: ids.length, everywhere }
    },

    /** Ends every session of the caller but the one that asks. */
    async endOthers({ session, user }: SessionWithUser, caller: Caller): Promise<Ended> {
      const { ids, everywhere } = await revocations.ending(user, () =>
        store.endAll(user.id, 'ended_by_user', now(), { except: session.id }),
      )
      for (const id of ids) await audit.record(ENDED_BY_USER, { user, session: { id } }, caller)
      return { ended: ids.length, everywhere }
    },

    /** Ends one of the caller's own sessions; the session of another user is as unknown as one that never was. */
    async endOwn({ user }: SessionWithUser, id: string, caller: Caller): Promise<Ended> {
      const { ids, everywhere } = await revocations.ending(user, () =>
        store.end({ id, userId: user.id }, 'ended_by_user', now()),
      )
      if (ids.length === 0) throw notFound()
      await audit.record(ENDED_BY_USER, { user, session: { id } }, caller)
      return { ended: ids.length, everywhere }
    },
  }
}

const ENDED_BY_USER = { kind: 'session_ended', outcome: 'ok' } as const

/** Prolongs the idle end of a session in use, off the request's path. */
const createTouch =
  ({ idleMs, store, leases, background }: Deps) =>
  ({ session, user }: SessionWithUser, nowMs: number) => {
    const seen = touchOf(session, nowMs, idleMs)
    if (seen === null) return
    leases.update({ session: { ...session, ...seen }, user })
    background.run('prolonging a session', () => store.touch(session.id, seen))
  }
