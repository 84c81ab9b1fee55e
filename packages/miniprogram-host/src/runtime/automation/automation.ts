import type { Controls } from '../controls.ts'
import { appDomain } from './app-domain.ts'
import type { AutomationRuntime, CompiledFunctions, Domain, Params } from './domain.ts'
import { elementDomain } from './element-domain.ts'
import type { Handles } from './handles.ts'
import { createHandles } from './handles.ts'
import { pageDomain } from './page-domain.ts'
import { toolDomain } from './tool-domain.ts'

/** Executes the methods of the automation protocol and the host's own `Host.*`. */
export const createAutomation = (
  runtime: AutomationRuntime,
  functions: CompiledFunctions,
  controls: Controls,
): ((method: string, params: Params) => Promise<unknown>) => {
  const handles: Handles = createHandles(runtime)
  const methods: Domain = {
    ...toolDomain(runtime),
    ...appDomain(runtime, functions),
    ...pageDomain(runtime, handles),
    ...elementDomain(runtime, handles),
    ...controls,
    'Host.getHandleCount': () => ({ count: handles.count() }),
  }
  return async (method, params) => {
    const run = methods[method]
    if (!run) throw new Error(`${method} unimplemented`)
    return (await run(params)) ?? {}
  }
}
