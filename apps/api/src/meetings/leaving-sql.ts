import type { Transaction } from '../infra/database/engine.ts'
import type { Duties } from '../org/duties.ts'
import { MeetingState } from './state.ts'

const TO_COME = [MeetingState.pending, MeetingState.scheduled, MeetingState.running]
const NOT_OVER = [MeetingState.draft, MeetingState.rejected, ...TO_COME]

/** Meetings to come lose a member who leaves or is suspended; those of the past keep the name. */
export const meetingDuties: Duties = {
  async areOpen(tx, memberId, at) {
    const hosted = await tx.meeting.findFirst({
      where: { hostId: memberId, state: { in: TO_COME }, endsAt: { gt: at } },
      select: { id: true },
    })
    return hosted !== null
  },

  async withdraw(tx, memberId, at) {
    const places = await tx.meetingParticipant.findMany({
      where: {
        memberId,
        isCancelled: false,
        startsAt: { gt: at },
        meeting: { state: { in: NOT_OVER } },
      },
      select: { meetingId: true },
      orderBy: { meetingId: 'asc' },
    })
    for (const { meetingId } of places) {
      await tx.$executeRaw`UPDATE meeting SET people = people - 1 WHERE id = ${meetingId}`
      await tx.meetingParticipant.deleteMany({ where: { meetingId, memberId } })
    }
    await tx.meeting.updateMany({
      where: { recorderId: memberId, state: { in: NOT_OVER } },
      data: { recorderId: null },
    })
  },
}

/** What the account of a member leaves behind when it is closed: that they were there, and no words. */
export const forgetWords = async (tx: Transaction, memberIds: readonly number[], at: Date) => {
  for (const memberId of memberIds) await meetingDuties.withdraw(tx, memberId, at)
  const mine = { memberId: { in: [...memberIds] } }
  await tx.notice.deleteMany({ where: mine })
  await tx.outbox.deleteMany({ where: { ...mine, payload: { not: '' } } })
  await tx.meetingParticipant.updateMany({
    where: { ...mine, OR: [{ replyReason: { not: null } }, { checkInReason: { not: null } }] },
    data: { replyReason: null, checkInReason: null },
  })
}
