import { tracingChannel } from 'node:diagnostics_channel'

type Statement = string | { sql: string }

/** Statements on their way to the database; without a subscriber it costs nothing. */
const statements = tracingChannel<object, { text: string }>('oa:sql')

/** Sends a statement, and tells whoever traces what it is: its text, never the values beside it. */
export const traced = <T>(statement: Statement, send: () => Promise<T>): Promise<T> =>
  statements.tracePromise(send, {
    text: typeof statement === 'string' ? statement : statement.sql,
  })
