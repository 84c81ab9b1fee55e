import type { Engine } from '../infra/database/engine.ts'
import { claimedUntil, finishWork, retryWork } from './claimed.ts'
import type { ClaimedWork, Topic, WorkResult } from './row.ts'
import { OutboxState } from './row.ts'

const { waiting, sending, done, givenUp } = OutboxState

export type OutboxStore = ReturnType<typeof createOutboxStore>

/** Both engines run the same statements: nothing is locked but by the claim of one row. */
export const createOutboxStore = (engine: Engine) => ({
  /** The ids of what is due and not claimed, the longest waiting first. */
  listDue: async (now: Date, limit: number): Promise<number[]> => {
    const rows = await engine.run((client) =>
      client.outbox.findMany({
        where: { state: waiting, availableAt: { lte: now }, ...unclaimed(now) },
        orderBy: { availableAt: 'asc' },
        take: limit,
        select: { id: true },
      }),
    )
    return rows.map(({ id }) => id)
  },

  /** How much is due and not claimed. */
  countDue: (now: Date): Promise<number> =>
    engine.run((client) =>
      client.outbox.count({
        where: { state: waiting, availableAt: { lte: now }, ...unclaimed(now) },
      }),
    ),

  /** Null when another process was faster, or when it is too late: then it is given up. */
  claim: async (id: number, claimedBy: string, now: Date): Promise<ClaimedWork | null> =>
    engine.run(async (client) => {
      const free = { id, state: waiting, ...unclaimed(now) }
      const { count } = await client.outbox.updateMany({
        where: { ...free, availableAt: { lte: now }, deadlineAt: { gt: now } },
        data: {
          claimedBy,
          claimedUntil: claimedUntil(now),
          attempts: { increment: 1 },
        },
      })
      if (count === 0) {
        await client.outbox.updateMany({
          where: { ...free, deadlineAt: { lte: now } },
          data: { state: givenUp, result: 'expired', availableAt: now },
        })
        return null
      }
      const row = await client.outbox.findUnique({ where: { id } })
      return row && { ...row, topic: row.topic as Topic, claimedBy }
    }),

  finish: (work: ClaimedWork, result: WorkResult, at: Date) =>
    engine.run((client) => finishWork(client, work, { result, at })),

  retry: (work: ClaimedWork, at: Date) => engine.run((client) => retryWork(client, work, at)),

  /**
   * Messages whose process ended before it heard from WeChat may have arrived: they are not sent again.
   * Resolves to how many.
   */
  settleAbandoned: async (now: Date): Promise<number> => {
    const { count } = await engine.run((client) =>
      client.outbox.updateMany({
        where: { state: sending, claimedUntil: { lt: now } },
        data: { state: done, result: 'unknown', payload: '', availableAt: now },
      }),
    )
    return count
  },

  /** Removes at most `limit` that ended before that time; resolves to how many. */
  removeEnded: async (before: Date, limit: number): Promise<number> => {
    const old = await engine.run((client) =>
      client.outbox.findMany({
        where: { state: { in: [done, givenUp] }, availableAt: { lt: before } },
        take: limit,
        select: { id: true },
      }),
    )
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    const { count } = await engine.run((client) =>
      client.outbox.deleteMany({ where: { id: { in: ids } } }),
    )
    return count
  },
})

const unclaimed = (now: Date) => ({
  OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }],
})
