import type { Endpoint } from './endpoint.ts'
import { jscode2session } from './jscode2session.ts'

/** Everything that api.weixin.qq.com answers here. */
export const endpoints: readonly Endpoint[] = [jscode2session]
