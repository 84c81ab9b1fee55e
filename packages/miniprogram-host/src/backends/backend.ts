import type { Bundle } from '../compile/bundle.ts'
import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import type { Services } from '../services.ts'

/** What a backend needs to run one mini-program. */
export interface BackendOptions {
  bundle: Bundle
  /** The project's root, from which a browser gets pictures. */
  root: string
  runtime: RuntimeOptions
  services: Services
  onEvent(event: string, params: Record<string, unknown>): void
}

/** A realm in which one mini-program runs. */
export interface Backend {
  /** Answers a method of the automation protocol; rejects with the protocol's message. */
  dispatch(method: string, params: Record<string, unknown>): Promise<unknown>
  /** A PNG of the screen in base64. */
  screenshot(): Promise<string>
  close(): Promise<void>
}
