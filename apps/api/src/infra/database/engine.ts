import type { Prisma, PrismaClient } from '../../generated/mysql/client.ts'
import type { Pipeline } from './pipeline.ts'

type Attempts = { attempts?: 1 | 2 }

/** What the stores need of a database engine. Both engines have the same models, hence one type. */
export type Engine = {
  /** One operation. Rejects with `DatabaseUnavailable` when the database cannot be reached. */
  run<T>(operation: (client: PrismaClient) => Promise<T>): Promise<T>
  /**
   * Like `run`, all or nothing. `operation` runs a second time after a deadlock or a lost race, unless
   * it is given one attempt.
   */
  transact<T>(operation: (tx: Transaction) => Promise<T>, options?: Attempts): Promise<T>
  /**
   * Like `transact`, with constant statements straight on the driver under Prisma's adapter: a tenth
   * of the processor time, for writes that come in a rush. `work` must do nothing but decide and send.
   *
   * ```ts
   * const CHECK_INS = insertInto<CheckIn>('check_in', {
   *   meeting_id: ({ meetingId }) => meetingId,
   *   user_id: ({ userId }) => userId,
   *   at: ({ at }) => at,
   * }, { skipConflictOn: ['meeting_id', 'user_id'] })
   *
   * await engine.pipeline(async (pipeline) => {
   *   pipeline.send(CHECK_INS, checkIns)
   *   return pipeline.query(ATTENDANCE, checkIns)
   * })
   * ```
   */
  pipeline<T>(work: (pipeline: Pipeline) => Promise<T>, options?: Attempts): Promise<T>
  /**
   * Leaves nothing of what was deleted in the files of an embedded database, as soon as nobody reads
   * them. Never rejects: what was deleted is deleted.
   */
  eraseTraces(): Promise<void>
  /** Others wait for their turn, and what ran just now was answered: whoever asks needs not wait too. */
  isBusyAndAnswering(): boolean
  close(): Promise<void>
}

export type Transaction = Prisma.TransactionClient
