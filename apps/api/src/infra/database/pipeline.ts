import type { Query, Statement } from './statement.ts'

/**
 * The statements of one transaction, in the order in which they are sent. Nothing waits for the
 * answer to `send`, so that statements share the way to the server.
 */
export type Pipeline = {
  /** Sends a statement for these rows. Its failure rejects the next `query`, or the transaction. */
  send<Row>(statement: Statement<Row>, rows: readonly Row[]): void
  /** Resolves to how many rows the statement matched for this one, once everything sent before is done. */
  change<Row>(statement: Statement<Row>, row: Row): Promise<number>
  /** Resolves to what the statement finds for these rows, once everything sent before is done. */
  query<Row, Found extends object>(query: Query<Row, Found>, rows: readonly Row[]): Promise<Found[]>
}

/** Runs `work` in one transaction: commits when it resolves, else undoes everything and rejects. */
export type RunPipeline = <T>(work: (pipeline: Pipeline) => Promise<T>) => Promise<T>
