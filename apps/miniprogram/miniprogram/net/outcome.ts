import { ERRNO } from './errno'
import type { Failure } from './failure'

const OPEN = new Set<number>([ERRNO.FAIL, ERRNO.SYSTEM, ERRNO.UNAVAILABLE])

/** Whether the server may have done what it was asked, so that the same request has to be repeated. */
export const mayBeDone = ({ errno }: Failure): boolean => OPEN.has(errno)
