import type { Transaction } from '../infra/database/engine.ts'
import type { Duties } from '../org/duties.ts'
import { VoteStateNumber } from './state.ts'

/** Who leaves or is suspended loses the votes that they have not cast yet; what they cast stays. */
export const voteDuties: Duties = {
  areOpen: async () => false,

  async withdraw(tx, memberId) {
    const rows = await tx.voteElector.findMany({
      where: { memberId, voted: false, struck: false, vote: { state: VoteStateNumber.open } },
      select: { voteId: true },
      orderBy: { voteId: 'asc' },
    })
    for (const { voteId } of rows) await strike(tx, voteId, memberId)
  },
}

/** In the order of a cast: the own row, then the vote, so that a close sees all of it or nothing. */
const strike = async (tx: Transaction, voteId: number, memberId: number) => {
  const struck = await tx.voteElector.updateMany({
    where: { voteId, memberId, voted: false },
    data: { struck: true },
  })
  if (struck.count === 0) return
  const open = await tx.$executeRaw`
    UPDATE vote SET version = version WHERE id = ${voteId} AND state = ${VoteStateNumber.open}`
  if (open > 0) return
  await tx.voteElector.updateMany({ where: { voteId, memberId }, data: { struck: false } })
}
