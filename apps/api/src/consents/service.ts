import type { MessageTemplate } from '../config/message-templates.ts'
import { tooManyRequests, unknownTemplate } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { ConsentEvent } from '../infra/wechat/pushed-event.ts'
import type { SessionWithUser } from '../sessions/session.ts'
import type { UserStore } from '../users/sql.ts'
import type { User } from '../users/user.ts'
import type { ConsentStore } from './sql.ts'

const HOUR_MS = 3_600_000
const REPORTS_PER_HOUR = 30
/** A client that lies gains nothing but messages that fail; so few are worth the trouble. */
const MAX_REPORTED = 20
const MAX_PUSHED = 1_000_000
/** WeChat tries for a minute; the database may be away for a day, and the push wait for it. */
const REMEMBER_PUSHES_MS = 3 * 24 * HOUR_MS

type Deps = {
  templates: readonly MessageTemplate[]
  /** `wechat` when it pushes consents to this server, else what clients report counts. */
  countedBy: 'wechat' | 'client'
  store: ConsentStore
  users: Pick<UserStore, 'findByKey'>
  counter: Counter
  clock: Clock
  log: Log
}

/** A configured template, and how many of its messages the user has agreed to. */
export type TemplateConsent = Pick<MessageTemplate, 'kind' | 'id'> & { left: number }

export type Consents = ReturnType<typeof createConsents>

export const createConsents = (deps: Deps) => {
  const { templates, countedBy, store, users, counter, clock, log } = deps
  const now = () => new Date(clock.now())
  const templatesOf = ({ appId }: Pick<User, 'appId'>) =>
    templates.filter((one) => one.appId === appId)
  const list = async ({ user }: SessionWithUser): Promise<TemplateConsent[]> => {
    const own = templatesOf(user)
    if (own.length === 0) return []
    const consents = await store.list(user.id)
    return own.map(({ kind, id }) => ({
      kind,
      id,
      left: consents.find(({ templateId }) => templateId === id)?.left ?? 0,
    }))
  }

  return {
    countedBy,
    list,

    /** What the user accepted, as the client says; counts only where WeChat pushes nothing. */
    async report(auth: SessionWithUser, accepted: readonly string[]): Promise<TemplateConsent[]> {
      const { current, ttl } = await counter.increment(
        `consents:${auth.user.appId}:${auth.user.id}`,
        HOUR_MS,
      )
      if (current > REPORTS_PER_HOUR) throw tooManyRequests('consents', ttl)
      const own = templatesOf(auth.user)
      if (!accepted.every((id) => own.some((one) => one.id === id))) throw unknownTemplate()
      if (countedBy === 'client') {
        const change = { userId: auth.user.id, pushId: null, templateIds: accepted, at: now() }
        await store.add(change, MAX_REPORTED)
      }
      return list(auth)
    },

    /** Acts on a push once, however often it comes; false when nothing was to be done. */
    async onPush(event: ConsentEvent): Promise<boolean> {
      const user = await users.findByKey({ appId: event.appId, openid: event.openid })
      if (user === null) {
        log.info('WeChat pushed a consent of an unknown user')
        return false
      }
      const change = { userId: user.id, pushId: event.id, at: now() }
      if ('accepted' in event) {
        return store.add({ ...change, templateIds: event.accepted }, MAX_PUSHED)
      }
      if ('refused' in event) return store.refuse({ ...change, templateIds: event.refused })
      return store.report({ ...change, templateIds: event.reported })
    },

    /** Forgets at most `limit` pushes that WeChat will not deliver again; resolves to how many. */
    forgetPushes: (limit: number): Promise<number> =>
      store.forgetPushes(new Date(clock.now() - REMEMBER_PUSHES_MS), limit),
  }
}
