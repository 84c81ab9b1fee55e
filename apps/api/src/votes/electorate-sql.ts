import type { Transaction } from '../infra/database/engine.ts'
import { MemberStatus } from '../org/membership.ts'
import type { Vote } from './rows.ts'

const OBSERVER = 1

/** In the transaction that opens the vote: freezes who may vote, and resolves to how many that are. */
export const freezeElectors = async (tx: Transaction, vote: Vote): Promise<number> => {
  await insertElectors(tx, vote)
  // Who was suspended meanwhile: from here on, their row waits for this transaction.
  await tx.$executeRaw`
    DELETE FROM vote_elector WHERE vote_id = ${vote.id} AND member_id IN (
      SELECT id FROM org_member WHERE org_id = ${vote.orgId} AND status <> ${MemberStatus.active})`
  return tx.voteElector.count({ where: { voteId: vote.id } })
}

const insertElectors = async (tx: Transaction, { id, orgId, meetingId, electorate }: Vote) => {
  const { active } = MemberStatus
  switch (electorate) {
    case 'named':
      // They are there since the draft.
      return
    case 'everyone':
      await tx.$executeRaw`
        INSERT INTO vote_elector (vote_id, member_id, voted, struck)
        SELECT ${id}, m.id, 0, 0 FROM org_member m
        WHERE m.org_id = ${orgId} AND m.status = ${active}`
      return
    case 'participants':
      await tx.$executeRaw`
        INSERT INTO vote_elector (vote_id, member_id, voted, struck)
        SELECT ${id}, p.member_id, 0, 0 FROM meeting_participant p
        JOIN org_member m ON m.id = p.member_id AND m.status = ${active}
        WHERE p.meeting_id = ${meetingId} AND p.role <> ${OBSERVER}`
      return
    case 'checked_in':
      await tx.$executeRaw`
        INSERT INTO vote_elector (vote_id, member_id, voted, struck)
        SELECT ${id}, p.member_id, 0, 0 FROM meeting_participant p
        JOIN org_member m ON m.id = p.member_id AND m.status = ${active}
        WHERE p.meeting_id = ${meetingId} AND p.role <> ${OBSERVER}
          AND p.checked_in_at IS NOT NULL`
  }
}
