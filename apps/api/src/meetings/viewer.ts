import { forbidden, notFound } from '../errors/business-error.ts'
import type { Access } from '../org/access.ts'
import { may } from '../org/role.ts'
import type { Membership } from '../org/rows.ts'
import type { User } from '../users/user.ts'
import type { View } from './roles.ts'
import { rolesOf, seesReplies, viewOf } from './roles.ts'
import type { CheckInWay, Meeting, ReplyName } from './rows.ts'
import { checkInWayOf, partOf, replyOf } from './rows.ts'
import type { MeetingStore } from './sql.ts'
import { effectiveState } from './state.ts'
import type { MeetingRole } from './transitions.ts'

/** The caller's place in a meeting. */
export type OwnPlace = {
  reply: ReplyName
  reason: string | null
  seenAt: Date | null
  checkedInAt: Date | null
  checkInWay: CheckInWay | null
}

/** A meeting as its state is by the clock, with who the caller is to it. */
export type Viewed = {
  meeting: Meeting
  actor: Membership
  roles: MeetingRole[]
  admin: boolean
  view: Exclude<View, 'none'>
  /** Null for who does not take part. */
  place: OwnPlace | null
}

export type Viewer = ReturnType<typeof createViewer>

type Deps = { access: Access; store: MeetingStore; clock: { now(): number } }

/** What a caller may know of a meeting; whatever they may not, is not there. */
export const createViewer = ({ access, store, clock }: Deps) => {
  const view = async (user: User, publicId: string): Promise<Viewed> => {
    const { item, actor } = await access.ofItem(user, 'readMembers', () =>
      store.find(user.id, publicId),
    )
    const meeting = { ...item, state: effectiveState(item, clock.now()) }
    const place = await store.findPlace(meeting.id, actor.id)
    const roles = rolesOf(meeting, actor.id, place === null ? null : partOf(place.role))
    const admin = may(actor.role, 'manageMeetings')
    const seen = viewOf(meeting.state, { roles, admin })
    if (seen === 'none') throw notFound()
    return {
      meeting,
      actor,
      roles,
      admin,
      view: seen,
      place: place && {
        reply: replyOf(place.reply),
        reason: place.replyReason,
        seenAt: place.seenAt,
        checkedInAt: place.checkedInAt,
        checkInWay: checkInWayOf(place.checkInWay),
      },
    }
  }

  return {
    view,

    /** Rejects with FORBIDDEN for who administers the company and has no part in the meeting. */
    async viewWhole(user: User, publicId: string): Promise<Viewed> {
      const viewed = await view(user, publicId)
      if (viewed.view === 'card') throw forbidden('participantsOnly')
      return viewed
    },

    async viewReplies(user: User, publicId: string): Promise<Viewed> {
      const viewed = await view(user, publicId)
      if (!seesReplies(viewed.roles)) throw forbidden('organisersOnly')
      return viewed
    },
  }
}
