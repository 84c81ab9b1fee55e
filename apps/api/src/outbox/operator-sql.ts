import type { Engine } from '../infra/database/engine.ts'
import { OutboxState } from './row.ts'

const { waiting, done, givenUp } = OutboxState

export type OutboxSummary = {
  topic: string
  state: keyof typeof OutboxState
  result: string | null
  count: number
  /** When the first of them was left. */
  oldest: Date
}

/** One piece of work, or all that were given up. */
export type OutboxChoice = { id: number } | 'given up'

export type OutboxOperatorStore = ReturnType<typeof createOutboxOperatorStore>

/** What an operator sees of the outbox and does about it; never the words in it. */
export const createOutboxOperatorStore = (engine: Engine) => ({
  summarise: async (): Promise<OutboxSummary[]> => {
    const groups = await engine.run((client) =>
      client.outbox.groupBy({
        by: ['topic', 'state', 'result'],
        _count: { id: true },
        _min: { createdAt: true },
        orderBy: [{ state: 'asc' }, { topic: 'asc' }, { result: 'asc' }],
      }),
    )
    return groups.map(({ topic, state, result, _count, _min }) => ({
      topic,
      state: nameOf(state),
      result,
      count: _count.id,
      oldest: _min.createdAt ?? new Date(0),
    }))
  },

  /** What was given up, or failed before and waits, the longest waiting first. */
  listTroubled: (limit: number) =>
    engine.run((client) =>
      client.outbox.findMany({
        where: { OR: [{ state: givenUp }, { state: waiting, attempts: { gt: 1 } }] },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, topic: true, result: true, attempts: true, availableAt: true },
      }),
    ),

  /** Has it tried once more, at once. Work past its deadline stays given up. Resolves to how many. */
  retry: async (choice: OutboxChoice, now: Date): Promise<number> => {
    const chosen = choice === 'given up' ? { state: givenUp } : { ...choice, ...OPEN }
    const { count } = await engine.run((client) =>
      client.outbox.updateMany({
        where: { ...chosen, ...unclaimed(now), deadlineAt: { gt: now } },
        data: { state: waiting, result: null, availableAt: now },
      }),
    )
    return count
  },

  /** Has it never done. What a node works on at this moment is left to it. Resolves to how many. */
  drop: async (choice: OutboxChoice, now: Date): Promise<number> => {
    const chosen = choice === 'given up' ? { state: givenUp } : { ...choice, ...OPEN }
    const { count } = await engine.run((client) =>
      client.outbox.updateMany({
        where: { ...chosen, ...unclaimed(now) },
        data: { state: done, result: 'dropped', payload: '', availableAt: now },
      }),
    )
    return count
  },
})

const OPEN = { state: { in: [waiting, givenUp] } }

const unclaimed = (now: Date) => ({
  OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }],
})

const nameOf = (number: number): keyof typeof OutboxState => {
  const names = Object.keys(OutboxState) as (keyof typeof OutboxState)[]
  return names.find((name) => OutboxState[name] === number) ?? 'waiting'
}
