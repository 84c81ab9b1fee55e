import type { Bundle } from '../../compile/bundle.ts'
import type { BuiltinRuntime } from '../components/definition.ts'
import type { Environment } from '../environment.ts'

export type Params = Record<string, unknown>
/** Implementations of the protocol's methods, by full name. */
export type Domain = Record<string, (params: Params) => unknown>

/** Functions sent as source text, compiled by the host; the key is the `functionId` of a call. */
export type CompiledFunctions = Record<string, (...values: never[]) => unknown>

/** What the automation protocol uses of the running mini-program. */
export interface AutomationRuntime extends BuiltinRuntime {
  bundle: Bundle
  environment: Environment
  /** The `wx` object that scripts see. */
  wx: Record<string, unknown>
  /** Values of all provided globals, by name. */
  globals: Record<string, unknown>
  viewUpdated(): Promise<void>
}
