import type { Bundle } from '../../compile/bundle.ts'
import type { AppHolder } from '../app/app.ts'
import type { Environment } from '../environment.ts'
import type { ErrorReporter } from '../errors.ts'
import type { Listeners } from '../listeners.ts'
import type { Router } from '../router/router.ts'
import type { RuntimeOptions } from '../runtime-options.ts'
import type { HostUi } from '../ui/host-ui.ts'
import type { Warn } from '../warnings.ts'
import type { ApiOptions } from './api.ts'
import type { FileStore } from './file-store.ts'
import type { Privacy } from './privacy-state.ts'
import type { SystemState } from './system-state.ts'

/** What the functions of wx use of the running mini-program. */
export interface WxRuntime {
  bundle: Bundle
  environment: Environment
  options: RuntimeOptions
  errors: ErrorReporter
  warn: Warn
  listeners: Listeners
  app: AppHolder
  router: Router
  ui: HostUi
  files: FileStore
  privacy: Privacy
  system: SystemState
  /** Resolves when the view shows the data set so far. */
  viewUpdated(): Promise<void>
}

/** Creates the functions of one area. `api` adds WeChat's callbacks or promise to a function. */
export type Area = (
  runtime: WxRuntime,
  api: (name: string, implement: (options: ApiOptions) => unknown) => unknown,
) => Record<string, unknown>
