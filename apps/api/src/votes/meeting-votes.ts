import type { MeetingVotes } from '../meetings/votes.ts'
import { cancelVote, closeVote, removeVote } from './close-sql.ts'
import { toVote, WITH_MEETING } from './rows.ts'
import { VoteStateNumber } from './state.ts'

/** What becomes of the votes of a meeting that ends, is cancelled or deleted. */
export const meetingVotes: MeetingVotes = {
  async settle(tx, meetingId, what, stamp) {
    const states =
      what === 'close due' ? [VoteStateNumber.open] : [VoteStateNumber.draft, VoteStateNumber.open]
    const where = {
      meetingId,
      state: { in: states },
      ...(what === 'close due' ? { closesAt: { lte: stamp.at } } : {}),
    }
    const found = await tx.vote.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })
    let closed = 0
    for (const { id } of found) {
      await tx.$executeRaw`UPDATE vote SET version = version WHERE id = ${id}`
      const row = await tx.vote.findUniqueOrThrow({ where: { id }, include: WITH_MEETING })
      const vote = toVote(row)
      if (what === 'remove') await removeVote(tx, id)
      else if (vote.state === 'open' && what !== 'cancel') {
        await closeVote(tx, vote, what === 'close due' ? { ...stamp, actorId: null } : stamp)
        closed += 1
      } else if (vote.state === 'open' || vote.state === 'draft') {
        await cancelVote(tx, vote, { ...stamp, reason: null })
      }
    }
    return closed
  },
}
