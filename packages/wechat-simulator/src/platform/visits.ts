import type { Clock } from './clock.ts'

/** When people last used an app. */
export interface Visits {
  touch: (appid: string, person: string) => void
  /** Whether the person used the app within the last `ms`. */
  within: (ms: number, appid: string, person: string) => boolean
}

export const createVisits = (clock: Clock): Visits => {
  const visits = new Map<string, number>()

  return {
    touch: (appid, person) => void visits.set(`${appid}\n${person}`, clock.now()),
    within: (ms, appid, person) =>
      clock.now() - (visits.get(`${appid}\n${person}`) ?? Number.NEGATIVE_INFINITY) <= ms,
  }
}
