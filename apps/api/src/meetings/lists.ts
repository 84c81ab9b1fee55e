import type { AdminMeetingsParams, MeetingsParams } from '@oa/contracts'
import { badValue } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Access } from '../org/access.ts'
import type { User } from '../users/user.ts'
import type { Listed, ListPlace, MeetingStore, Tab } from './sql.ts'
import { PAGE } from './sql.ts'
import { effectiveState } from './state.ts'

const NEXT_MEETINGS = 10

type Deps = {
  access: Access
  store: MeetingStore
  /** The numbers under which the user is an active member, of one company or of all. */
  membersOf(user: User, orgId?: string): Promise<number[]>
  clock: Clock
}

export type MeetingPage = { listed: Listed[]; next: string | null }
export type Lists = ReturnType<typeof createLists>

/** The caller's meetings, in all companies unless one is named. */
export const createLists = ({ access, store, membersOf, clock }: Deps) => {
  const byClock = (listed: readonly Listed[], now: number): Listed[] =>
    listed.map((one) => ({
      ...one,
      meeting: { ...one.meeting, state: effectiveState(one.meeting, now) },
    }))

  return {
    async list(
      user: User,
      { orgId, tab = 'upcoming', cursor }: MeetingsParams,
    ): Promise<MeetingPage> {
      const members = await membersOf(user, orgId)
      const from = cursor === undefined ? null : readCursor(cursor)
      const now = clock.now()
      const found = await find(store, members, { tab, from, now: new Date(now) })
      const rows = found.slice(0, PAGE)
      const next = found.length > PAGE ? writeCursor(placeAfter(rows, from)) : null
      return { listed: byClock(rows, now), next }
    },

    /** What a company plans, for its administrators; drafts are nobody else's business. */
    async ofOrg(
      user: User,
      { orgId, from, to, cursor }: AdminMeetingsParams,
    ): Promise<MeetingPage> {
      const { id, org } = await access.inOrg(user, 'manageMeetings', orgId)
      const now = clock.now()
      const place = cursor === undefined ? null : readCursor(cursor)
      const range = { from: new Date(from ?? now), to: to === undefined ? null : new Date(to) }
      const found = await store.listOfOrg({ orgId: org.id, memberId: id, range, place })
      const rows = found.slice(0, PAGE)
      const next = found.length > PAGE ? writeCursor(placeAfter(rows, place)) : null
      return { listed: byClock(rows, now), next }
    },

    /** What comes next, for the first page; none for who belongs nowhere. */
    async next(members: readonly number[]): Promise<Listed[]> {
      if (members.length === 0) return []
      const now = clock.now()
      const listed = byClock(await store.listNext(members, new Date(now)), now)
      const open = listed.filter(({ meeting: { state } }) => state !== 'ended')
      return open.slice(0, NEXT_MEETINGS)
    },

    /** Each up to a hundred; null for who belongs nowhere. */
    counts: async (members: readonly number[]) =>
      members.length === 0 ? null : store.count(members, new Date(clock.now())),
  }
}

type Finding = { tab: Tab; from: ListPlace | null; now: Date }

const find = (store: MeetingStore, members: readonly number[], { tab, from, now }: Finding) =>
  tab === 'hosting' || tab === 'approving'
    ? store.listDuties(members, { tab, from })
    : store.listPlaces(members, { tab, from, now })

/** After the last row of a page: no row's number leaves the server. */
const placeAfter = (rows: readonly Listed[], from: ListPlace | null): ListPlace => {
  const startsAt = rows.at(-1)?.meeting.startsAt ?? new Date(0)
  const time = startsAt.getTime()
  const same = rows.filter(({ meeting }) => meeting.startsAt.getTime() === time).length
  return { startsAt, skip: from?.startsAt.getTime() === time ? from.skip + same : same }
}

const writeCursor = ({ startsAt, skip }: ListPlace) => `${startsAt.toISOString()}~${skip}`

const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)~(\d{1,6})$/

const readCursor = (text: string): ListPlace => {
  const [, instant = '', skip = ''] = CURSOR.exec(text) ?? []
  const startsAt = new Date(instant)
  if (Number.isNaN(startsAt.getTime())) throw badValue('cursor')
  return { startsAt, skip: Number(skip) }
}
