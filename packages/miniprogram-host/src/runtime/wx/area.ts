import type { Runtime } from '../runtime.ts'
import type { ApiOptions } from './api.ts'

/** One area's functions. `api` turns an implementation into WeChat's callback-or-promise shape. */
export type Area = (
  runtime: Runtime,
  api: (name: string, implement: (options: ApiOptions) => unknown) => unknown,
) => Record<string, unknown>
