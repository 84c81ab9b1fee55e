import type { Engine } from '../infra/database/engine.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import type { ChainedAct, OperatorAct } from './operator-act.ts'
import { chain } from './operator-act.ts'

/** Two operators at once write one after the other; more than so many at once do not happen. */
const ATTEMPTS = 20

export type OperatorAuditStore = ReturnType<typeof createOperatorAuditStore>

/** Rows of `operator_audit`, to which nothing but an append is ever done. */
export const createOperatorAuditStore = (engine: Engine) => {
  const last = async (): Promise<ChainedAct | null> => {
    const row = await engine.run((client) =>
      client.operatorAudit.findFirst({ orderBy: { seq: 'desc' } }),
    )
    return row && toAct(row)
  }
  const appendOnce = async (act: OperatorAct) => {
    const data = chain(act, await last())
    await engine.run((client) => client.operatorAudit.create({ data }))
    return data
  }

  return {
    last,
    /** Whoever else writes at the same time takes the number: then it is tried with the next one. */
    async append(act: OperatorAct): Promise<ChainedAct> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await appendOnce(act)
        } catch (error) {
          if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error
        }
      }
    },
    /** In the order in which they were written, those after `seq`. */
    async listAfter(seq: number, limit: number): Promise<ChainedAct[]> {
      const rows = await engine.run((client) =>
        client.operatorAudit.findMany({
          where: { seq: { gt: seq } },
          orderBy: { seq: 'asc' },
          take: limit,
        }),
      )
      return rows.map(toAct)
    },
    /** The newest first, about one subject or all. */
    async listNewest(limit: number, subject?: string): Promise<ChainedAct[]> {
      const rows = await engine.run((client) =>
        client.operatorAudit.findMany({
          ...(subject === undefined ? {} : { where: { subject } }),
          orderBy: { seq: 'desc' },
          take: limit,
        }),
      )
      return rows.map(toAct)
    },
  }
}

type Row = Omit<ChainedAct, 'outcome'> & { outcome: string }

// Written by this server alone.
const toAct = (row: Row): ChainedAct => ({ ...row, outcome: row.outcome as ChainedAct['outcome'] })
