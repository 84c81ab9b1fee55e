import type { Caller } from '../audit/caller.ts'
import type { Audit } from '../audit/service.ts'
import { accountDisabled, notFound, sessionEnded, unlogin } from '../errors/business-error.ts'
import type { Background } from '../infra/background.ts'
import type { LiveSessions } from './leases.ts'
import type { Revocations } from './revocation.ts'
import type { EndReason, Session, SessionStore } from './session.ts'
import type { KnownSession } from './session-cache.ts'

/** A session in use is written down again only this often. */
const TOUCH_EVERY_MS = 5 * 60_000

type Deps = {
  appId: string
  idleMs: number
  store: SessionStore
  live: LiveSessions
  revocations: Revocations
  audit: Audit
  background: Background
}

/** `everywhere` is false while other nodes could not be told; they find out within a minute. */
export type Ended = { ended: number; everywhere: boolean }

export type Sessions = {
  /** The live session of a verified token; rejects with UNLOGIN, SESSION_ENDED or ACCOUNT_DISABLED. */
  authenticate(claims: { sid: string; sub: string }): Promise<KnownSession>
  listLive(known: KnownSession): Promise<Session[]>
  logout(known: KnownSession, caller: Caller): Promise<Ended>
  logoutAll(known: KnownSession, caller: Caller): Promise<Ended>
  /** Ends every session of the caller but the one that asks. */
  endOthers(known: KnownSession, caller: Caller): Promise<Ended>
  /** Ends one of the caller's own sessions; somebody else's is as unknown as one that never was. */
  endOwn(known: KnownSession, id: string, caller: Caller): Promise<Ended>
}

export const createSessions = (deps: Deps): Sessions => {
  const { appId, store, live, revocations, audit } = deps
  const touch = createTouch(deps)

  return {
    async authenticate({ sid, sub }) {
      const known = await live.find(sid)
      if (known === null || known.user.publicId !== sub || known.user.appId !== appId) {
        throw unlogin()
      }
      // Who left by himself is not shut out: signing in again makes somebody new of him.
      if (known.user.status !== 0 && !hasLeft(known.session)) {
        throw accountDisabled(known.user.statusReason)
      }
      const now = Date.now()
      if (!isLive(known.session, now)) throw whyOver(known.session)
      touch(known, now)
      return known
    },
    listLive: ({ user }) => store.listLive(user.id, new Date()),
    async logout({ session, user }, caller) {
      const ended = await store.end({ id: session.id, userId: user.id }, 'logout', new Date())
      const everywhere = await revocations.announce([session.id])
      await audit.record({ kind: 'logout', outcome: 'ok' }, { user, session }, caller)
      return { ended: ended ? 1 : 0, everywhere }
    },
    async logoutAll({ session, user }, caller) {
      const ids = await store.endAll(user.id, 'logout_all', new Date())
      const everywhere = await revocations.announce(ids)
      await audit.record({ kind: 'logout_all', outcome: 'ok' }, { user, session }, caller)
      return { ended: ids.length, everywhere }
    },
    async endOthers({ session, user }, caller) {
      const at = new Date()
      const others = (await store.listLive(user.id, at)).filter(({ id }) => id !== session.id)
      const ids = others.map(({ id }) => id)
      for (const id of ids) await store.end({ id, userId: user.id }, 'ended_by_user', at)
      const everywhere = await revocations.announce(ids)
      for (const id of ids) {
        const what = { kind: 'session_ended', outcome: 'ok' } as const
        await audit.record(what, { user, session: { id } }, caller)
      }
      return { ended: ids.length, everywhere }
    },
    async endOwn({ user }, id, caller) {
      const ended = await store.end({ id, userId: user.id }, 'ended_by_user', new Date())
      if (!ended) throw notFound()
      const everywhere = await revocations.announce([id])
      const what = { kind: 'session_ended', outcome: 'ok' } as const
      await audit.record(what, { user, session: { id } }, caller)
      return { ended: 1, everywhere }
    },
  }
}

/** Endings that somebody else decided, which the person on this device should hear of. */
const ENDED_ELSEWHERE: Partial<Record<EndReason, string>> = {
  ended_by_user: '已在其他设备上结束此登录，请重新登录',
  logout_all: '已在所有设备上退出，请重新登录',
  too_many: '登录设备过多，此设备已退出，请重新登录',
  // Renewed silently, this device would open a new account for somebody who has just closed one.
  left_elsewhere: '账号已在其他设备上注销',
}

const hasLeft = ({ endedReason }: Session) =>
  endedReason === 'left' || endedReason === 'left_elsewhere'

const whyOver = ({ endedReason }: Session) => {
  const why = endedReason === null ? undefined : ENDED_ELSEWHERE[endedReason]
  return why === undefined ? unlogin() : sessionEnded(why)
}

const isLive = (session: Session, now: number) =>
  session.endedAt === null &&
  now < session.idleExpiresAt.getTime() &&
  now < session.absoluteExpiresAt.getTime()

/** Prolongs the idle end of a session in use, off the request's path and not at every request. */
const createTouch =
  ({ idleMs, store, live, background }: Deps) =>
  ({ session, user }: KnownSession, now: number) => {
    if (now - session.lastSeenAt.getTime() < TOUCH_EVERY_MS) return
    const seen = {
      lastSeenAt: new Date(now),
      idleExpiresAt: new Date(Math.min(now + idleMs, session.absoluteExpiresAt.getTime())),
    }
    live.update({ session: { ...session, ...seen }, user })
    background.run('prolonging a session', () => store.touch(session.id, seen))
  }
