import { uuidv7 } from 'uuidv7'
import type { Clock } from '../infra/database/clock.ts'
import type { Access } from '../org/access.ts'
import type { JudgeText } from '../org/judge-text.ts'
import type { User } from '../users/user.ts'
import { createActions } from './actions.ts'
import { createDetails } from './details.ts'
import { createEdits } from './edits.ts'
import { createLists } from './lists.ts'
import { createPeople } from './people.ts'
import { OVERDUE_MS } from './state.ts'
import type { MeetingStores } from './stores.ts'
import { createViewer } from './viewer.ts'
import { createWords } from './words.ts'

const AT_ONCE = 100

type Deps = {
  access: Access
  stores: MeetingStores
  membersOf(user: User, orgId?: string): Promise<number[]>
  judge: JudgeText
  clock: Clock
}

export type Meetings = ReturnType<typeof createMeetings>

/** Meetings, from the first draft to the end. */
export const createMeetings = ({ access, stores, membersOf, judge, clock }: Deps) => {
  const { meetings: store, changes, resolver } = stores
  const viewer = createViewer({ access, store, clock })
  const words = createWords(judge)
  const shared = { viewer, clock, ...words }

  return {
    /** For features whose things belong to a meeting. */
    viewer,
    requireReason: words.requireReason,
    details: createDetails({ viewer, store, countMessages: stores.countMessages, clock }),
    lists: createLists({ access, store, membersOf, clock }),
    people: createPeople({ ...shared, store, changes }),
    actions: createActions({ ...shared, store: changes }),
    edits: createEdits({ ...shared, access, store: changes, resolver, newId: uuidv7 }),

    /** The row of a meeting that the caller organises; null for every other one. */
    async findOwn(user: User, publicId: string): Promise<number | null> {
      const meeting = await store.find(user.id, publicId)
      if (meeting === null) return null
      const members = await membersOf(user)
      const organisers = [meeting.creatorId, meeting.hostId, meeting.recorderId]
      return organisers.some((id) => id !== null && members.includes(id)) ? meeting.id : null
    },

    /** Makes true in the rows what time has done; resolves to how many meetings that were. */
    async moveByTime(): Promise<number> {
      const now = clock.now()
      const at = new Date(now)
      const moved = await changes.findMoved(at, new Date(now - OVERDUE_MS), AT_ONCE)
      const stamp = { actorId: null, requestId: 'clock', at }
      for (const { publicId } of moved) await changes.change(publicId, stamp, () => null)
      return moved.length
    },

    /** Reminds of meetings that are about to begin; resolves to how many that were. */
    async remindOfStarts(): Promise<number> {
      const at = new Date(clock.now())
      const due = await stores.reminders.findDue(at, AT_ONCE)
      let reminded = 0
      for (const one of due) if (await stores.reminders.remind(one, at)) reminded += 1
      return reminded
    },
  }
}
