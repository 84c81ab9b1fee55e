import type { Ok } from '@oa/contracts'
import { ERRNO, Failure } from '@oa/contracts'

/** The failures that any route may answer with. */
export const FAILURES = { '4xx': Failure, '5xx': Failure } as const

/** The success envelope. */
export const ok = <T>(data: T, errmsg = '成功'): Ok<T> => ({ errno: ERRNO.OK, errmsg, data })

/** The `errmsg` of a request that ended sessions. */
export const successMessage = ({ everywhere }: { everywhere: boolean }) =>
  everywhere ? '成功' : '成功，其他节点最迟一分钟内生效'
