import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { Anchor, ChainProblem, OperatorAct } from './operator-act.ts'
import { createChainCheck } from './operator-act.ts'
import type { OperatorAuditStore } from './operator-sql.ts'

const BATCH = 1_000

type Who = Pick<OperatorAct, 'operator' | 'systemUser'>
export type What = { act: string; subject?: string; detail?: Readonly<Record<string, unknown>> }

type Deps = { store: OperatorAuditStore; clock: Clock }

export type OperatorAudit = ReturnType<typeof createOperatorAudit>

/** What operators do is written down before it is done, so that nothing is done that is not. */
export const createOperatorAudit = ({ store, clock }: Deps) => {
  const write = (
    { operator, systemUser }: Who,
    { act, subject = '', detail = {} }: What,
    outcome: OperatorAct['outcome'],
  ) =>
    store.append({
      at: new Date(clock.now()),
      operator,
      systemUser,
      act,
      outcome,
      subject,
      detail: JSON.stringify(detail),
    })

  return {
    /** Writes the act down, does it, and writes down as well when it came to nothing. */
    async record<T>(who: Who, what: What, work: () => Promise<T>): Promise<T> {
      await write(who, what, 'asked')
      try {
        return await work()
      } catch (error) {
        await write(who, what, 'failed')
        throw error
      }
    },
    listNewest: store.listNewest,
    /** Reads all acts; `anchors` are what logs say that there was. */
    async verify(anchors: readonly Anchor[]): Promise<{ last: Anchor; problems: ChainProblem[] }> {
      const check = createChainCheck(anchors)
      for (let seq = 0; ; ) {
        const acts = await store.listAfter(seq, BATCH)
        check.look(acts)
        const newest = acts.at(-1)
        if (newest === undefined || acts.length < BATCH) return check.end()
        seq = newest.seq
      }
    },
  }
}

/** Logs where the acts end, so that logs, which are kept elsewhere, show what the database must hold. */
export const createAuditAnchor =
  ({ store, log }: { store: Pick<OperatorAuditStore, 'last'>; log: Log }) =>
  async (): Promise<void> => {
    const last = await store.last()
    if (last !== null) log.info({ anchor: `${last.seq}:${last.hash}` }, 'operator audit anchor')
  }
