import type { Bundle } from '../compile/bundle.ts'
import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import type { Services } from '../services.ts'

/** What a backend needs to run one mini-program. */
export interface BackendOptions {
  bundle: Bundle
  /** Root folder of the project; the page server reads images and fonts from it. */
  root: string
  runtime: RuntimeOptions
  services: Services
  onEvent(event: string, params: Record<string, unknown>): void
}

/** The realm that runs one mini-program: a worker of Node or a page of Chromium. */
export interface Backend {
  /** Executes a method of the automation protocol; rejects with the protocol's error message. */
  dispatch(method: string, params: Record<string, unknown>): Promise<unknown>
  /** The screen as a base64-encoded PNG. */
  screenshot(): Promise<string>
  close(): Promise<void>
}
