import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'

let server: Promise<MariaDb> | undefined

/**
 * The MariaDB of all test files that this worker runs, in a time zone other than UTC, for tests that
 * create a database of their own and leave the server as it is. It ends with the worker.
 */
export const sharedMariaDb = (): Promise<MariaDb> => {
  server ??= startMariaDb({ args: ['--default-time-zone=+08:00'] })
  return server
}
