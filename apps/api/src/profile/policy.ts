import type { UpdateProfileRequest } from '@oa/contracts'
import type { PictureSize } from './render-picture.ts'

const EARLIEST_BIRTHDAY = '1900-01-01'
/** Where the day begins first, it is this much later than in UTC. */
const FIRST_ZONE_MS = 14 * 3_600_000

/** Whether somebody may be born on this day, and it is in the calendar. */
export const isPossibleBirthday = (day: string, now: number): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return false
  return day >= EARLIEST_BIRTHDAY && date.getTime() <= now + FIRST_ZONE_MS
}

/** What WeChat says about a text or a picture. */
export type Suggestion = 'pass' | 'review' | 'risky'

/** What somebody would have to look at is refused too: nobody here does. */
export const isAllowed = (suggest: string): boolean => suggest === 'pass'

/** The columns that an edit writes. Times of day have no place in a birthday. */
export type ProfileChange = {
  nickName?: string
  gender?: 0 | 1 | 2
  birthday?: Date | null
}

export const toChange = ({
  nickName,
  gender,
  birthday,
}: Omit<UpdateProfileRequest, 'version'>): ProfileChange => {
  const change: ProfileChange = {}
  if (nickName !== undefined) change.nickName = nickName
  if (gender !== undefined) change.gender = gender
  if (birthday !== undefined) {
    change.birthday = birthday === null ? null : new Date(`${birthday}T00:00:00Z`)
  }
  return change
}

/** The version after an edit at `now`: later than the one before, even within a millisecond. */
export const nextVersion = (before: Date, now: number): Date =>
  new Date(Math.max(now, before.getTime() + 1))

const MINUTE_MS = 60_000
/** WeChat promises a verdict on a picture within half an hour. */
const VERDICT_MS = 35 * MINUTE_MS
const LONGEST_WAIT_MS = 60 * MINUTE_MS
/** About a day. */
export const MAX_ATTEMPTS = 30

/** When WeChat is asked again after so many attempts; `asked` is whether it now has the picture. */
export const nextAttempt = (attempts: number, now: number, asked: boolean): Date => {
  const wait = asked ? VERDICT_MS : Math.min(MINUTE_MS * 2 ** attempts, LONGEST_WAIT_MS)
  return new Date(now + wait)
}

const PATH = /^\/wx\/pictures\/([0-9a-f]{32})-\d+\.webp$/

export const pictureName = (id: string, size: PictureSize) => `${id}-${size}.webp`
/** The address of an uploaded picture, below that of the API. */
export const picturePath = (id: string) => `/wx/pictures/${pictureName(id, 640)}`
/** The id of an uploaded picture; null for a URL of WeChat's, and for none. */
export const pictureIdOf = (avatarUrl: string): string | null => PATH.exec(avatarUrl)?.[1] ?? null
