import type { Clock } from './clock.ts'
import { beijingDayOf } from './clock.ts'
import type { PageViews } from './page-views.ts'
import type { Settings } from './settings.ts'
import { WeChatError } from './wechat-error.ts'

export interface Quotas {
  /** Counts a call of an app; throws the errcode of a quota of the path that is spent. */
  countForApp: (path: string, appid: string) => void
  /** Counts a call made on behalf of one person; throws 45011. */
  countForPerson: (path: string, appid: string, person: string) => void
  /** Counts one of `limit` uses a day; false when they are spent. */
  takeDay: (what: string, appid: string, limit: number) => boolean
  /** Counts a call of wx.login or a similar API; false when the person calls it too often. */
  countClientCall: (api: string, appid: string, person: string) => boolean
  /** The windows that are open now, without the per-person ones. */
  list: () => QuotaView[]
}

/** How much of a quota is used in the window that is open now. */
export interface QuotaView {
  path: string
  appid: string
  window: 'second' | 'minute' | 'day'
  used: number
  limit: number
}

interface Counter {
  window: number
  used: number
}

interface Limit {
  path: string
  appid: string
  person?: string
  name: 'second' | 'minute' | 'day'
  limit: number
}

/** Counters of past windows are dropped when there are more than this. */
const MANY = 10_000
const SECOND = 1000
const MINUTE = 60_000

export const createQuotas = (
  clock: Clock,
  settings: () => Settings,
  pageViews: PageViews,
): Quotas => {
  const counters = new Map<string, Counter & Limit>()

  const windowOf = (name: Limit['name']) => {
    if (name === 'day') return beijingDayOf(clock.now())
    return Math.floor(clock.now() / (name === 'minute' ? MINUTE : SECOND))
  }

  const dropPast = () => {
    for (const [id, { name, window }] of counters) {
      if (window !== windowOf(name)) counters.delete(id)
    }
  }

  const take = (limit: Limit) => {
    if (limit.limit <= 0) return true
    const id = [limit.path, limit.appid, limit.person ?? '', limit.name].join('\n')
    const window = windowOf(limit.name)
    const known = counters.get(id)
    const used = known?.window === window ? known.used : 0
    if (used >= limit.limit) return false
    if (!known && counters.size > MANY) dropPast()
    counters.set(id, { ...limit, window, used: used + 1 })

    return true
  }

  return {
    countForApp: (path, appid) => {
      const quota = settings().quotas[path] ?? {}
      const { perSecond = 0, perMinute = 0, perDay = 0, dayGroup = path } = quota
      if (!take({ path, appid, name: 'second', limit: perSecond })) {
        throw new WeChatError(quota.secondErrcode ?? 44990)
      }
      if (!take({ path, appid, name: 'minute', limit: perMinute })) {
        throw new WeChatError(quota.minuteErrcode ?? 45011)
      }
      if (!take({ path: dayGroup, appid, name: 'day', limit: perDay })) {
        throw new WeChatError(quota.dayErrcode ?? 45009)
      }
    },
    countForPerson: (path, appid, person) => {
      const limit = settings().quotas[path]?.perPersonPerMinute ?? 0
      if (!take({ path, appid, person, name: 'minute', limit })) throw new WeChatError(45011)
    },
    takeDay: (path, appid, limit) => take({ path, appid, name: 'day', limit }),
    countClientCall: (api, appid, person) => {
      const { clientCallsPerSecond, clientCallsPerPageView } = settings()
      const path = `wx.${api}`
      // A caller is looking at a page, even when no page view was reported.
      const ofDay = clientCallsPerPageView * Math.max(1, pageViews.known(appid))
      const ofSecond = { path, appid, person, name: 'second', limit: clientCallsPerSecond } as const

      return take(ofSecond) && take({ path, appid, name: 'day', limit: ofDay })
    },
    list: () =>
      [...counters.values()]
        .filter(({ name, window, person }) => !person && window === windowOf(name))
        .map(({ path, appid, name, used, limit }) => ({ path, appid, window: name, used, limit })),
  }
}
