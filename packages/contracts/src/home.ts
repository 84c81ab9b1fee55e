import type { Static } from 'typebox'
import { Type } from 'typebox'
import { MeetingCard } from './meeting.ts'
import { VoteItem } from './vote.ts'

/** Each up to 100, which means 100 or more. */
const Count = Type.Integer({ minimum: 0, maximum: 100 })

export const MeetingCounts = Type.Object({
  hosting: Count,
  attending: Count,
  unanswered: Count,
  approving: Count,
  voting: Count,
  unread: Count,
})
export type MeetingCounts = Static<typeof MeetingCounts>

/** `guest`: nobody is signed in, or belongs to no company. */
export const HomeResult = Type.Object({
  infoList: Type.Array(MeetingCard, { description: 'the next ten meetings' }),
  votes: Type.Array(VoteItem, { description: 'open, where I am an elector; ten at most' }),
  unread: Count,
  guest: Type.Boolean(),
})
export type HomeResult = Static<typeof HomeResult>
