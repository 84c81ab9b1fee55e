import type { Transaction } from '../infra/database/engine.ts'
import type { NewWork } from './row.ts'

/** Far below what one statement may hold. */
const AT_ONCE = 500

/** In the transaction of the event that leaves the work: both are there, or neither. */
export const addToOutbox = async (
  tx: Pick<Transaction, 'outbox'>,
  works: readonly NewWork[],
  createdAt: Date,
): Promise<void> => {
  for (let from = 0; from < works.length; from += AT_ONCE) {
    const data = works.slice(from, from + AT_ONCE).map(({ payload, ...work }) => ({
      ...work,
      payload: JSON.stringify(payload),
      createdAt,
    }))
    await tx.outbox.createMany({ data })
  }
}
