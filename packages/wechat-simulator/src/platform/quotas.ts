import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'
import { WeChatError } from './wechat-error.ts'

export interface Quotas {
  /** Counts a call of an app; throws 45011 or 45009 when a quota of the path is spent. */
  countForApp: (path: string, appid: string) => void
  /** Counts a call made on behalf of one person; throws 45011. */
  countForPerson: (path: string, appid: string, person: string) => void
  list: () => { path: string; appid: string; window: string; used: number; limit: number }[]
}

interface Counter {
  window: number
  used: number
}

interface Limit {
  path: string
  appid: string
  person?: string
  name: 'minute' | 'day'
  limit: number
}

const MINUTE = 60_000
const DAY = 86_400_000
const BEIJING = 8 * 60 * MINUTE

export const createQuotas = (clock: Clock, settings: () => Settings): Quotas => {
  const counters = new Map<string, Counter & Limit>()

  const windowOf = (name: Limit['name']) =>
    name === 'minute' ? Math.floor(clock.now() / MINUTE) : Math.floor((clock.now() + BEIJING) / DAY)

  const count = (limit: Limit) => {
    if (limit.limit <= 0) return
    const id = [limit.path, limit.appid, limit.person ?? '', limit.name].join('\n')
    const window = windowOf(limit.name)
    const known = counters.get(id)
    const used = known?.window === window ? known.used : 0
    if (used >= limit.limit) throw new WeChatError(limit.name === 'minute' ? 45011 : 45009)
    counters.set(id, { ...limit, window, used: used + 1 })
  }

  return {
    countForApp: (path, appid) => {
      const quota = settings().quotas[path] ?? {}
      count({ path, appid, name: 'minute', limit: quota.perMinute ?? 0 })
      count({ path, appid, name: 'day', limit: quota.perDay ?? 0 })
    },
    countForPerson: (path, appid, person) => {
      const limit = settings().quotas[path]?.perPersonPerMinute ?? 0
      count({ path, appid, person, name: 'minute', limit })
    },
    list: () =>
      [...counters.values()]
        .filter(({ name, window, person }) => !person && window === windowOf(name))
        .map(({ path, appid, name, used, limit }) => ({ path, appid, window: name, used, limit })),
  }
}
