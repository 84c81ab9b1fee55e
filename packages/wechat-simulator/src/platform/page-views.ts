import type { Clock } from './clock.ts'
import { beijingDayOf } from './clock.ts'

/** Page views of an app, by which WeChat limits its client calls. */
export interface PageViews {
  /** Returns the page views of today. */
  add: (appid: string, count: number) => number
  /** The greater of yesterday's, which is what WeChat has counted, and today's so far. */
  known: (appid: string) => number
}

export const createPageViews = (clock: Clock): PageViews => {
  const views = new Map<string, { day: number; today: number; yesterday: number }>()

  const find = (appid: string) => {
    const day = beijingDayOf(clock.now())
    const old = views.get(appid)
    if (old?.day === day) return old
    const fresh = { day, today: 0, yesterday: old?.day === day - 1 ? old.today : 0 }
    views.set(appid, fresh)

    return fresh
  }

  return {
    add: (appid, count) => {
      const counted = find(appid)
      counted.today += count

      return counted.today
    },
    known: (appid) => {
      const { today, yesterday } = find(appid)
      return Math.max(today, yesterday)
    },
  }
}
