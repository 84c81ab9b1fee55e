import type { Bundle } from '../compile/bundle.ts'
import type { AppHolder } from './app/app.ts'
import type { ComponentRegistry } from './components/component-registry.ts'
import type { Environment } from './environment.ts'
import type { ErrorReporter } from './errors.ts'
import type { Listeners } from './listeners.ts'
import type { Router } from './router/router.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import type { HostUi } from './ui/host-ui.ts'
import type { FileStore } from './wx/file-store.ts'
import type { Privacy } from './wx/privacy-state.ts'
import type { SystemState } from './wx/system-state.ts'

/** Everything of one running mini-program that its areas share. */
export interface Runtime {
  bundle: Bundle
  environment: Environment
  options: RuntimeOptions
  errors: ErrorReporter
  listeners: Listeners
  app: AppHolder
  components: ComponentRegistry
  router: Router
  ui: HostUi
  files: FileStore
  privacy: Privacy
  system: SystemState
  /** The `wx` object that scripts see. */
  wx: Record<string, unknown>
  /** Values of the other provided globals, by name. */
  globals: Record<string, unknown>
  /** Resolves when the view shows what was set so far. */
  viewUpdated(): Promise<void>
}
