import { badValue } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { InboxLine, InboxPlace, InboxStore } from './sql.ts'

const DAY_MS = 86_400_000
const KEEP_MS = 180 * DAY_MS
const AT_ONCE = 500

type Deps = {
  store: InboxStore
  /** The numbers under which the user is a member somewhere. */
  membersOf(user: User): Promise<number[]>
  clock: Clock
}

export type Inbox = ReturnType<typeof createInbox>
/** Everything up to a time, or what is about one thing. */
type Read = { upTo: string } | { meetingId: string } | { voteId: string }

export type InboxPage = { lines: InboxLine[]; unread: number; next: string | null }

/** What the caller was told, in all companies together. */
export const createInbox = ({ store, membersOf, clock }: Deps) => ({
  async list(user: User, cursor?: string): Promise<InboxPage> {
    const members = await membersOf(user)
    const from = cursor === undefined ? { at: new Date(clock.now()), skip: 0 } : readCursor(cursor)
    const [{ lines, more }, unread] = await Promise.all([
      store.list(members, from),
      store.countUnread(members),
    ])
    return { lines, unread, next: more ? writeCursor(placeAfter(lines, from)) : null }
  },

  countUnread: (members: readonly number[]): Promise<number> => store.countUnread(members),

  /** Resolves to how many lines are still unread. */
  async read(user: User, what: Read): Promise<number> {
    const members = await membersOf(user)
    const at = new Date(clock.now())
    if ('upTo' in what) await store.readUpTo(members, new Date(what.upTo), at)
    else if ('voteId' in what) await store.readOfVote(members, what.voteId, at)
    else await store.readOfMeeting(members, what.meetingId, at)
    return store.countUnread(members)
  },

  /** Resolves to how many lines were removed. */
  removeOld: () => store.removeOlderThan(new Date(clock.now() - KEEP_MS), AT_ONCE),
})

/** After the last line of a page: no row's number leaves the server. */
export const placeAfter = (lines: readonly InboxLine[], from: InboxPlace): InboxPlace => {
  const at = lines.at(-1)?.at ?? from.at
  const same = lines.filter((line) => line.at.getTime() === at.getTime()).length
  return { at, skip: at.getTime() === from.at.getTime() ? from.skip + same : same }
}

const writeCursor = ({ at, skip }: InboxPlace) => `${at.toISOString()}~${skip}`

const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)~(\d{1,6})$/

const readCursor = (text: string): InboxPlace => {
  const [, instant = '', skip = ''] = CURSOR.exec(text) ?? []
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw badValue('cursor')
  return { at, skip: Number(skip) }
}
