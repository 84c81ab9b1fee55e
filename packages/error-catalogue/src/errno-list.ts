import type { ErrnoFailure, ErrnoTable } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'

export type ErrnoName = Exclude<keyof ErrnoTable, 'OK'>

/** Every errno of a failure with its name, by number. */
export const ERRNOS = Object.entries(ERRNO)
  .filter((entry): entry is [ErrnoName, ErrnoFailure] => entry[1] !== ERRNO.OK)
  .sort(([, one], [, other]) => one - other)
