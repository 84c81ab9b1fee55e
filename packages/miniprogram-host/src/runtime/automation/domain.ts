import type { Bundle } from '../../compile/bundle.ts'
import type { BuiltinRuntime } from '../components/definition.ts'
import type { Environment } from '../environment.ts'

export type Params = Record<string, unknown>
export type Domain = Record<string, (params: Params) => unknown>

/** Functions that came as source text; the host compiled them under the number in `functionId`. */
export type CompiledFunctions = Record<string, (...values: never[]) => unknown>

/** What the automation protocol uses of the running mini-program. */
export interface AutomationRuntime extends BuiltinRuntime {
  bundle: Bundle
  environment: Environment
  /** The `wx` object that scripts see. */
  wx: Record<string, unknown>
  /** Values of the other provided globals, by name. */
  globals: Record<string, unknown>
  viewUpdated(): Promise<void>
}
