import { uuidv7 } from 'uuidv7'
import { contentRefused, wechatAway } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Viewer } from '../meetings/viewer.ts'
import type { Access } from '../org/access.ts'
import type { JudgeText } from '../org/judge-text.ts'
import type { User } from '../users/user.ts'
import { createVoteActions } from './actions.ts'
import { createCasting } from './casting.ts'
import { createVoteDetails } from './details.ts'
import { createVoteEdits } from './edits.ts'
import { createVoteLists } from './lists.ts'
import type { VoteStores } from './stores.ts'
import { createVoteViewer } from './viewer.ts'

const AT_ONCE = 100

type Deps = {
  access: Access
  stores: VoteStores
  meetingViewer: Viewer
  membersOf(user: User, orgId?: string): Promise<number[]>
  judge: JudgeText
  clock: Clock
}

export type Votes = ReturnType<typeof createVotes>

/** Votes, in meetings and on their own, from the draft to the count. */
export const createVotes = ({ access, stores, meetingViewer, membersOf, judge, clock }: Deps) => {
  const { votes: store, changes, casts, resolver } = stores
  const settle = (publicId: string) => changes.settle(publicId, new Date(clock.now()))
  const viewer = createVoteViewer({ access, store, settle, clock })

  return {
    details: createVoteDetails({ viewer, store, clock }),
    lists: createVoteLists({ viewer, store, membersOf, clock }),
    casting: createCasting({ viewer, store: casts, clock }),
    edits: createVoteEdits({
      access,
      meetingViewer,
      viewer,
      store,
      changes,
      resolver,
      clock,
      newId: uuidv7,
    }),
    actions: createVoteActions({
      viewer,
      changes,
      clock,
      async requireWords(user, { title, detail, options }) {
        const words = [title, detail, ...options.map(({ text }) => text)]
        const verdict = await judge(user, words.filter(Boolean).join('\n'))
        if (verdict === 'refused') throw contentRefused('org')
        if (verdict === 'unknown') throw wechatAway()
      },
      async requireReason(user, reason) {
        if (reason && (await judge(user, reason)) === 'refused') throw contentRefused('org')
      },
    }),

    /** Makes true in the rows what time has done; resolves to how many votes that were. */
    async closeByTime(): Promise<number> {
      const due = await store.findDue(new Date(clock.now()), AT_ONCE)
      for (const { publicId } of due) await settle(publicId)
      return due.length
    },
  }
}
